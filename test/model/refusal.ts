/** How the model refuses: any of these codes; for `wrong-state` also the present state and what may be done in it. */
export class Refusal extends Error {
  constructor(
    readonly codes: readonly string[],
    readonly state?: { status: string | undefined; actions: readonly string[] },
  ) {
    super(codes.join(' or '));
  }
}

export function refuse(...codes: string[]): never {
  throw new Refusal(codes);
}

/** The present state is not told. */
export function noLonger(): never {
  throw new Refusal(['wrong-state'], { status: undefined, actions: [] });
}

export function wrongState(status: string, actions: readonly string[] = [], others: readonly string[] = []): never {
  throw new Refusal(['wrong-state', ...others], { status, actions });
}
