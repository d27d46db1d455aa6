import { Cases1700000000003 } from './1700000000003-cases';
import { Verification1700000000006 } from './1700000000006-verification';
import { Merge1700000000015 } from './1700000000015-merge';
import { FirstRows1700000000018 } from './1700000000018-first-rows';
import { WordsTakenIn1700000000019 } from './1700000000019-words-taken-in';
import { WhoKnowsOfMerges1700000000022 } from './1700000000022-who-knows-of-merges';
import { MyCases1700000000026 } from './1700000000026-my-cases';

export const casesMigrations = [
  Cases1700000000003, Verification1700000000006, Merge1700000000015, FirstRows1700000000018, WordsTakenIn1700000000019, WhoKnowsOfMerges1700000000022,
  MyCases1700000000026,
];
