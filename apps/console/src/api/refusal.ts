import type { components } from './contract';

type Problem = components['schemas']['Problem'];

/** What the api refused, in its own French words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    /** Seconds after which it may be tried again. */
    readonly retryAfter: number | undefined,
  ) {
    super(problem.code === 'invalid' ? toCorrect(problem) : problem.detail || problem.title);
  }

  get code(): string {
    return this.problem.code;
  }

  /** The sentence about one member of what was sent: `resident/birthYear`. */
  about(member: string): string | undefined {
    return this.problem.errors?.find(({ pointer }) => pointer === `/${member}`)?.detail;
  }
}

/** The sentence about one member of what was sent, when that is what was refused: for the field it was written in. */
export const about = (error: unknown, member: string): string | undefined =>
  error instanceof Refusal ? error.about(member) : undefined;

/** What is wrong with what was sent, value by value: a form that has no place for one of them still says it. */
function toCorrect({ errors = [], detail }: Problem): string {
  const sentences = [...new Set(errors.flatMap((one) => one.detail || []))];
  return sentences.length > 0 ? `À corriger. ${sentences.join(' ')}` : detail;
}

/** Nothing came back: the network is away, or the api is. */
export class Unreachable extends Error {
  constructor() {
    super('Pas de réponse : la connexion est coupée. Ce que vous écrivez reste ici ; réessayez dans un moment.');
  }
}

export async function refusalOf(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => undefined)) as Problem | undefined;
  if (body?.detail === undefined) return new Unreachable();
  const after = Number(response.headers.get('Retry-After') ?? NaN);
  return new Refusal(response.status, body, Number.isFinite(after) ? after : undefined);
}

/** What to say of anything that was thrown. */
export const sentenceOf = (error: unknown): string => {
  if (error instanceof Refusal && error.code === 'idempotency-key-reused')
    return 'Votre premier envoi était arrivé : il est enregistré. Ouvrez-le et corrigez-le là ; l’envoyer encore le doublerait.';
  return error instanceof Refusal || error instanceof Unreachable
    ? error.message
    : 'Quelque chose n’a pas fonctionné sur cette page. Rechargez-la ; ce que vous écriviez est gardé.';
};
