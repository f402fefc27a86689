/** The command line itself is wrong (exit code 2): `message` says what and where, `remedy` what to type instead. */
export class UsageError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'UsageError';
    this.remedy = remedy;
  }
}
