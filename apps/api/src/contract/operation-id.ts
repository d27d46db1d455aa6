/**
 * How a client's functions are called: `openCase`, `listCases`, `recordSession`. A controller's method of one word is said of its noun; one of several words
 * says it all itself.
 */
export function operationId(controller: string, method: string): string {
  if (/[A-Z]/.test(method)) return method;
  const plural = controller.replace(/Controller$/, '');
  return `${method}${method === 'list' ? plural : singular(plural)}`;
}

const singular = (plural: string): string => (plural === 'People' ? 'Person' : plural.replace(/(?<=ch)es$|s$/, ''));
