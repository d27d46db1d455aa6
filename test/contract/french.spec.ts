import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetadataStorage } from 'class-validator';
import ts from 'typescript';
import { inFrench, plausible, Problem, type FieldError } from '@fil-rouge/kernel';
import { shaped } from '@fil-rouge/platform';
import { french } from '../../apps/system';
import { routes, type Shape } from '../support/routes';

const say = inFrench(french);
const root = join(__dirname, '../..');

/** What makes a refusal, or a sentence of one, in the code. */
const refuses = /^(Problem|invalid|forbidden|notFound|noTurnLeft|refuse|super|this\.turns\.need)$/;
/** What also holds sentences and is no refusal: the machine's own troubles, the documentation, letters. */
const otherwise =
  /^(Error|SettingsError|QueueRefused|Api\w+|gauge|Histogram|saying|silent|body|\w+\.push|this\.onTrouble|\w*[lL]og\w*\.\w+)$/;

const files = readdirSync(join(root, 'libs'), { recursive: true, encoding: 'utf8' }).filter(
  (file) =>
    file.endsWith('.ts') &&
    !/\.(spec|story|french|sentences|sql|entity|verbs|letters|titles|library|settings)\.ts$|migrations|embedded-postgres|queue\/|mail\/|settings\.ts$|national|vocabular|themes|responses\.dto/.test(
      file,
    ),
);

/** A sentence as the code says it: `{}` where it is filled in. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

/** The call or constructor that it is said to. */
function calleeOf(node: ts.Node, source: ts.SourceFile): string {
  for (let above = node.parent; above; above = above.parent)
    if (ts.isCallExpression(above) || ts.isNewExpression(above)) return above.expression.getText(source);
  return '';
}

/** Titles and reasons that people read are French already. */
const isSentence = (text: string): boolean =>
  /^(\{\}|[A-Z]).* .*[.?]$/.test(text) && /[a-z]{2} [a-z]/.test(text) && !/[éèàç]|\b(du|une|qui)\b/.test(text);

/** Where a part of it is said apart, one that is known stands for all; a plural is an `s`. */
const isKnown = (text: string): boolean =>
  Object.hasOwn(french, text) ||
  ['must be an object', 's'].some((part) => say(text.replaceAll('{}', part)) !== undefined);

describe('refusals in French', () => {
  const said = files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(root, 'libs', file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const found: { file: string; text: string }[] = [];
    const look = (node: ts.Node): void => {
      const text = textOf(node);
      const callee = text === undefined ? '' : calleeOf(node, source);
      if (text === undefined) ts.forEachChild(node, look);
      else if (isSentence(text) && (refuses.test(callee) || !otherwise.test(callee))) found.push({ file, text });
    };
    look(source);
    return found;
  });

  it('every sentence with which the code refuses has its French', () => {
    expect(said.length).toBeGreaterThan(200);
    const silent = said.filter(({ text }) => !isKnown(text));
    expect(silent.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
    expect(Object.values(plausible).filter(({ what }) => say(what) === undefined)).toEqual([]);
  });

  it('each says the same with the same data, and is French', () => {
    const holes = (text: string): number => text.match(/\{(\d|word|said|)\}/g)?.length ?? 0;
    const odd = Object.entries(french).filter(
      ([english, one]) =>
        holes(one) !== holes(english) || one === english || /\b(the|this|is|of|must|cannot)\b/i.test(one) || one === '',
    );
    expect(odd).toEqual([]);
  });

  it('every rule of every body and query does: what is missing, null, of another kind, too long, not in the list', async () => {
    const texts = ['', 'x', '!', 'x'.repeat(6000), '72200', '97411', '72072'];
    const others = [undefined, null, -1, 1.5, 1e9, {}, [], [null], ['x', 'x'], Array.from({ length: 101 }, () => 'x')];
    const values = [...texts, ...others];
    const shapes = [
      ...new Set(routes().flatMap(({ body, query }) => [body, query].filter((one) => one !== undefined))),
    ];
    const silent = new Set<string>();
    for (const shape of shapes) {
      for (const member of membersOf(shape)) {
        for (const value of values) {
          const problem = await shaped(shape, { [member]: value }).then(
            () => undefined,
            (error: unknown) => error as Problem,
          );
          for (const { detail } of detailsOf(problem)) if (detail !== undefined && isSilent(detail)) silent.add(detail);
        }
      }
    }
    expect([...silent]).toEqual([]);
  });
});

const detailsOf = (problem: Problem | undefined): readonly FieldError[] => problem?.members.errors ?? [];

/** No sentence is known, or a part of it stayed English. */
const isSilent = (detail: string): boolean => {
  const french = say(detail);
  return french === undefined || /\b(must|should|value|character|longer|shorter|each)\b/.test(french);
};

const membersOf = (shape: Shape): string[] => [
  ...new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(shape, '', false, false)
      .map(({ propertyName }) => propertyName),
  ),
];
