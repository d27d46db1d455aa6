/** How the model refuses: any of these codes; for `wrong-state` also the present state and what may be done in it. */
export class Refusal extends Error {
  constructor(readonly codes: readonly string[], readonly state?: { status: string; actions: readonly string[] }) {
    super(codes.join(' or '));
  }
}

export function refuse(...codes: string[]): never {
  throw new Refusal(codes);
}

export function wrongState(status: string, actions: readonly string[] = [], others: readonly string[] = []): never {
  throw new Refusal(['wrong-state', ...others], { status, actions });
}
