import { inFrench, prefersFrench, titlesInFrench, type Problem, type Sentences } from '@fil-rouge/kernel';
import { problemBody } from './problem-body';

/** In which language a refusal is told: French where that is preferred and every sentence of it is known, else English. It says the same in both. */
export class Languages {
  private readonly french: (english: string) => string | undefined;

  constructor(sentences: Sentences) {
    this.french = inFrench(sentences);
  }

  tell(problem: Problem, traceId: string, acceptLanguage: string | undefined): { language: 'en' | 'fr'; body: object } {
    const body = problemBody(problem, traceId);
    const detail = prefersFrench(acceptLanguage) ? this.french(problem.detail) : undefined;
    if (detail === undefined) return { language: 'en', body };
    const errors = problem.members.errors?.map((error) =>
      error.detail === undefined ? error : { ...error, detail: this.french(error.detail) ?? error.detail },
    );
    return {
      language: 'fr',
      body: { ...body, title: titlesInFrench[problem.code], detail, ...(errors && { errors }) },
    };
  }
}
