/** What several commands ask of what they are told: one rule, the same wherever it is asked. Pure. */
import { implausible, invalid, Problem, themesProblem, type LocalDate } from '@fil-rouge/kernel';

/** Themes of the national list; an administrative one only under the help that it is a part of. Throws 422. */
export function checkThemes(themes: readonly string[], pointer = '/themes'): void {
  const problem = themesProblem(themes);
  if (problem)
    throw invalid(
      pointer,
      problem.replaceAll('_', '-'),
      'The themes are not those of the national list, or an administrative theme stands without `aide_aux_demarches_administratives`.',
    );
}

/** Why this day does not count as having informed the resident; null when it does. */
export function informedProblem(on: LocalDate, today: LocalDate, pointer = '/informed/on'): Problem | null {
  const problem = implausible('informed', on, today, pointer);
  return problem && new Problem('not-informed', problem.detail, problem.members);
}

/** Throws 422 `not-informed`. */
export function checkInformed(on: LocalDate, today: LocalDate): void {
  const problem = informedProblem(on, today);
  if (problem) throw problem;
}
