import type { Problem } from '@fil-rouge/kernel';

/** On every problem, also where no hook has set a header. */
export const problemHeaders = {
  'Content-Type': 'application/problem+json; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};

/** RFC 9457, the same whoever refuses: a rule, a route, the framework or Node itself. */
export function problemBody(problem: Problem, traceId: string): object {
  const {
    code,
    detail,
    httpStatus,
    members: { retryAfter: _, ...members },
  } = problem;
  return {
    type: `urn:fil-rouge:problem:${code}`,
    title: titleOf(code),
    status: httpStatus,
    code,
    detail,
    ...members,
    traceId,
  };
}

const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
