import { ReferralsBaseline1795903200004 } from './1795903200004-baseline';
import { DraftsWithoutRecipient1795917800004 } from './1795917800004-drafts-without-recipient';
import { BatchesInTheLog1795939400004 } from './1795939400004-batches-in-the-log';
import { PressingFirst1796035200004 } from './1796035200004-pressing-first';
import { EndedLately1796500000104 } from './1796500000104-ended-lately';
import { ReferralStates1796700200004 } from './1796700200004-referral-states';

export const referralsMigrations = [
  ReferralsBaseline1795903200004,
  DraftsWithoutRecipient1795917800004,
  BatchesInTheLog1795939400004,
  PressingFirst1796035200004,
  EndedLately1796500000104,
  ReferralStates1796700200004,
];
