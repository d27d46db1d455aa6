import { UsersBaseline1795903200002 } from './1795903200002-baseline';
import { OwnAccounts1795904400000 } from './1795904400000-own-accounts';
import { Nearness1796200000002 } from './1796200000002-nearness';
import { Reception1796200100002 } from './1796200100002-reception';
import { AccountsSearched1796300000002 } from './1796300000002-accounts-searched';
import { FormerNames1796300100002 } from './1796300100002-former-names';
import { DelayChanges1796300200002 } from './1796300200002-delay-changes';
import { Conventions1796300300002 } from './1796300300002-conventions';
import { Absences1796700000002 } from './1796700000002-absences';
import { Successors1797000000002 } from './1797000000002-successors';
import { Tags1797000020002 } from './1797000020002-tags';
import { PasswordsWanted1797000200002 } from './1797000200002-passwords-wanted';
import { IdleSessions1797000500002 } from './1797000500002-idle-sessions';
import { SecondFactors1797000510002 } from './1797000510002-second-factors';
import { FactorsUnsampled1797000600002 } from './1797000600002-factors-unsampled';

export const usersMigrations = [
  UsersBaseline1795903200002,
  OwnAccounts1795904400000,
  Nearness1796200000002,
  Reception1796200100002,
  AccountsSearched1796300000002,
  FormerNames1796300100002,
  DelayChanges1796300200002,
  Conventions1796300300002,
  Absences1796700000002,
  Successors1797000000002,
  Tags1797000020002,
  PasswordsWanted1797000200002,
  IdleSessions1797000500002,
  SecondFactors1797000510002,
  FactorsUnsampled1797000600002,
];
