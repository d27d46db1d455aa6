export { HandoversQueries } from './handover/handovers.queries';
export type {
  Handover,
  HandoverEventData,
  HandoverEventType,
  HandoverRecord,
  HandoverState,
  OfHandover,
} from './handover/handover';
export { handoverRules } from './handover/handover.policy';
export { referralsLibrary } from './referrals.library';
export type { Referral, ReferralRecord, ReferralsState } from './referral/referral';
export type { OfReferral, ReferralEventData, ReferralEventType } from './referral/referral.fold';
export { defaultDelays, type ReferralDelays } from './referral/referral.delays';
export { rules as referralRules } from './referral/referral.policy';
export { referralsSlice } from './referral/referral.slice';
export { ReferralsQueries } from './referral/referrals.queries';
export { taskRules } from './tasks/tasks.rules';
export { TaskDto } from './tasks/tasks.dto';
export { TasksQueries, type TaskCount } from './tasks/tasks.queries';
