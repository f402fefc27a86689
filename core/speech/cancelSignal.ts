/** The part of AbortSignal that core needs; an AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
}
