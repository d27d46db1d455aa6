import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whoSeesWhat } from '../../apps/all/src/docs';

it('docs/who-sees-what.md is what the policies say (npm run docs)', () => {
  expect(readFileSync(join(__dirname, '../../docs/who-sees-what.md'), 'utf8')).toBe(whoSeesWhat());
});
