/** Where the models run, as far as the engine has told. */
export class ProviderNews {
  private told = 'starting';
  private resolve: (provider: string) => void = () => undefined;
  /** Resolves with the first news; the engine sends one whether its models can run or not. */
  readonly known = new Promise<string>((resolve) => (this.resolve = resolve));

  get current(): string {
    return this.told;
  }

  tell(provider: string): void {
    this.told = provider;
    this.resolve(provider);
  }
}
