import { Referrals1700000000004 } from './1700000000004-referrals';
import { HandoverBatches1700000000011 } from './1700000000011-handover-batches';
import { Broadcasts1700000000012 } from './1700000000012-broadcasts';
import { TasksAndSight1700000000014 } from './1700000000014-tasks-and-sight';
import { MergedReferrals1700000000015 } from './1700000000015-merged-referrals';
import { LedCases1700000000016 } from './1700000000016-led-cases';
import { TasksOfWhoDecides1700000000017 } from './1700000000017-tasks-of-who-decides';
import { BatchDecisions1700000000020 } from './1700000000020-batch-decisions';
import { AskedByWhoLeft1700000000021 } from './1700000000021-asked-by-who-left';
import { TasksOfMergedRecords1700000000022 } from './1700000000022-tasks-of-merged-records';
import { GivenAway1700000000023 } from './1700000000023-given-away';
import { BatchesUnderLocks1700000000025 } from './1700000000025-batches-under-locks';

export const referralsMigrations = [
  Referrals1700000000004, HandoverBatches1700000000011, Broadcasts1700000000012, TasksAndSight1700000000014, MergedReferrals1700000000015,
  LedCases1700000000016, TasksOfWhoDecides1700000000017, BatchDecisions1700000000020, AskedByWhoLeft1700000000021, TasksOfMergedRecords1700000000022,
  GivenAway1700000000023, BatchesUnderLocks1700000000025,
];
