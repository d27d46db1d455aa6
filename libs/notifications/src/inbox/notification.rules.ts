/**
 * READ FIRST: who is told what, row by row of docs/domain.md's table. Pure.
 *
 * Whose work an event changes is told of it, whoever did it, and never the author. `recipient` never means a structure that a referral has not been
 * disclosed to: a withdrawn or cancelled draft is told to nobody there. `sender` and `lead` never mean the structure that acted.
 */
import type { Uuid } from '@fil-rouge/kernel';
import { sidesOf, type Audience, type Happened, type Scene, type Side } from './notification.audience';
import {
  actorOf,
  answerOf,
  becauseOf,
  besideOr,
  decidedBy,
  isFilled,
  isFromOutside,
  isInside,
  isUnasked,
  reasonOf,
  says,
  urgently,
} from './notification.causes';

interface Row {
  readonly on: readonly string[];
  readonly tell: readonly Audience[];
  /** Under another name than the event's, when the same event says something else to these readers. */
  readonly as?: string;
  readonly when?: (event: Happened, scene: Scene) => boolean;
  /** Only when another structure did it than the one that leads: that one knows what it has written itself. */
  readonly byOthers?: true;
  /** What the title must say beyond its type: who did it, why, how urgently. */
  readonly cause?: (event: Happened, scene: Scene) => string | undefined;
}

const manyExpiries = 3;

export const whoIsTold: readonly Row[] = [
  { on: ['ReferralSent'], tell: ['recipient'], cause: urgently },
  { on: ['ReferralReminded'], tell: ['recipient'], when: says('awaiting', 'answer'), cause: urgently },
  { on: ['ReferralReminded'], tell: ['recipient'], as: 'FirstSessionAwaited', when: says('awaiting', 'first_session') },
  {
    on: ['ReferralReminded'],
    tell: ['coordinator'],
    as: 'ReferralUnanswered',
    when: says('coordinator', true),
    cause: urgently,
  },
  { on: ['ReferralCancellationRequested'], tell: ['recipient'] },
  {
    on: ['ReferralCancellationRequested'],
    tell: ['sender'],
    when: ({ structure }, { lead }) => structure !== null && structure === lead?.structureId,
    cause: () => 'lead',
  },
  {
    on: [
      'ReferralAcknowledged',
      'ReferralAccepted',
      'ReferralDeclined',
      'ReferralStarted',
      'ReferralStartCancelled',
      'ReferralPutOnHold',
      'ReferralResumed',
      'ReferralCompleted',
      'ReferralReturned',
    ],
    tell: ['sender', 'lead'],
    cause: reasonOf,
  },
  // What comes after the sending: until then there is nobody to tell.
  {
    on: ['ReferralFileAttached'],
    tell: ['otherOfReferral', 'lead'],
    when: (_event, { referral }) => referral?.sent === true,
  },
  // Whom a colleague has named on acceptance or since, and who helped until then.
  { on: ['ReferralAccepted', 'ReferralContactNamed'], tell: ['named'], as: 'ReferralContactNamed' },
  { on: ['ReferralContactNamed'], tell: ['former'], cause: () => 'taken' },
  // Its people have done nothing, and lose their access to the resident all the same.
  { on: ['ReferralExpired'], tell: ['recipient', 'sender', 'lead'] },
  {
    on: ['ReferralExpired'],
    tell: ['coordinator'],
    as: 'RepeatedExpiries',
    when: (_event, { referral }) => (referral?.expiries ?? 0) >= manyExpiries,
  },
  // Nobody sends a referral but a person, or the decision of the State that releases a held one.
  { on: ['ReferralSent'], tell: ['sender'], as: 'ReferralReleased', when: ({ actor }) => actor === null },
  { on: ['ReferralWithdrawn'], tell: ['recipient', 'sender'], cause: actorOf },
  { on: ['ReferralWithdrawn'], tell: ['lead'], when: isFromOutside, cause: actorOf },
  {
    on: ['ReferralCancelled'],
    tell: ['recipient', 'sender', 'lead'],
    when: (event) => !isFilled(event),
    cause: reasonOf,
  },
  // Whoever asked several structures is told of the one that accepts, not of the others.
  { on: ['ReferralCancelled'], tell: ['recipient'], as: 'ReferralFilledElsewhere', when: isFilled },
  // Of one that was open: its recipient reads the case no more. Of one that had ended, it changes nothing for anybody.
  { on: ['ReferralVoided'], tell: ['recipient', 'sender', 'lead'], when: ({ data }) => (data.ended ?? []).length > 0 },
  {
    on: [
      'HandoverProposed',
      'HandoverRequested',
      'HandoverAccepted',
      'HandoverDeclined',
      'HandoverWithdrawn',
      'HandoverExpired',
      'HandoverCancelled',
    ],
    tell: ['otherSide'],
    cause: besideOr(becauseOf),
  },
  { on: ['HandoverAccepted'], tell: ['named'], cause: () => 'given' },
  { on: ['HandoverReminded'], tell: ['answering'], cause: besideOr(() => undefined) },
  { on: ['HandoverExpired'], tell: ['coordinator'], as: 'HandoverUnanswered', when: says('escalate', true) },
  { on: ['HandoverTookEffect'], tell: ['bothSides'], when: (event) => !isInside(event), cause: decidedBy },
  { on: ['HandoverTookEffect'], tell: ['contributors'] },
  // Inside a structure, by whichever of the two ways.
  { on: ['HandoverTookEffect'], tell: ['former'], as: 'LeadAssigned', when: isInside, cause: () => 'taken' },
  { on: ['HandoverTookEffect'], tell: ['named'], as: 'LeadAssigned', when: isInside, cause: () => 'given' },
  { on: ['LeadAssigned'], tell: ['former'], cause: () => 'taken' },
  { on: ['LeadAssigned'], tell: ['named'], cause: () => 'given' },
  { on: ['LeadAssigned'], tell: ['contributors'] },
  // Nobody loses sight of the resident unawares: who led the record that ended contributes to the one that goes on.
  { on: ['RecordsMerged'], tell: ['lead', 'contributors'] },
  { on: ['CaseClosed', 'CaseErased'], tell: ['former'], cause: () => 'taken' },
  // Whose part ends with it, without a referral of its own.
  { on: ['CaseClosed', 'CaseErased'], tell: ['contributors'] },
  // Who led it to its end, too, and whoever still helps: with the first day on which it may be erased. Administrators: retention.consumer.ts.
  { on: ['ErasureAnnounced'], tell: ['former', 'contributors'], cause: ({ data }) => data.from },
  // What a contributor records of the resident's wishes binds the lead's next step.
  { on: ['ObjectionRecorded', 'ObjectionEnded'], tell: ['lead'] },
  // Nobody else helps with what this one did.
  { on: ['ContributorLeft'], tell: ['lead'] },
  { on: ['SessionRecorded', 'WorkshopAttended'], tell: ['lead'], as: 'EntriesAdded', byOthers: true },
  { on: ['SessionCancelled', 'AttendanceCancelled'], tell: ['lead'], as: 'EntryCancelled', byOthers: true },
  { on: ['CaseFellSilent'], tell: ['lead'] },
  // Nobody has signed in who did it: each use of the link is told to who made it, and that it is over where nobody of the network ended it.
  { on: ['OutsideSheetOpened', 'OutsideCodeMistaken'], tell: ['outsideSender'] },
  { on: ['OutsideAnswered'], tell: ['outsideSender'], cause: answerOf },
  { on: ['OutsideLinkEnded'], tell: ['outsideSender'], when: isUnasked, cause: becauseOf },
];

/** Every other event of the network, and why its inbox says nothing: a test finds the one that stands in neither table. */
export const nobodyIsTold: Readonly<Record<string, string>> = {
  CaseOpened: 'whoever opens a case leads it',
  CaseReopened: 'whoever reopens a case leads it',
  SlipDrawnUp: 'stands in the register, for who draws up and signs',
  SlipSigned: 'of each record it erases, who followed it is told',
  SlipWithdrawn: 'its records stay',
  RecordEliminated: 'told on the record',
  RecordLeftOut: 'the record stays; why stands on the slip',
  CaseKept: 'said by whoever leads; the announcement falls with it',
  ResidentCorrected: 'read in the record; nobody has anything to do',
  CaseDescribed: 'read in the record; nobody has anything to do',
  SessionCorrected: 'corrected by whoever wrote it, and read in the record',
  SessionTagged: 'for the own structure alone, which has just done it',
  SessionFileAttached: 'read with the session, of which its lead is told',
  SessionFileRemoved: 'taken back by whoever joined it',
  ReferralFileRemoved: 'taken back by whoever joined it',
  NoteWritten: 'nothing was done with the resident; read in the record',
  NoteCorrected: 'corrected by whoever wrote it, and read in the record',
  NoteCancelled: 'nothing that was done is taken back by it; read in the record',
  AnonymousSessionRecorded: 'nobody is followed',
  AnonymousSessionCorrected: 'nobody is followed',
  AnonymousSessionCancelled: 'nobody is followed',
  AppointmentMade: 'the invitation is an e-mail: appointments.consumer.ts',
  AppointmentMoved: 'the invitation is an e-mail: appointments.consumer.ts',
  AppointmentCancelled: 'the invitation is an e-mail: appointments.consumer.ts',
  AppointmentMissed: 'noted by whoever waited, and read in the record',
  AppointmentMissUndone: 'said by whoever waited: it is as it was',
  AppointmentReminderAsked: 'said by whoever expects the resident',
  AppointmentReminderRevoked: 'said by whoever expects the resident',
  AppointmentReminded: 'the reminder is an e-mail to the resident: reminders.consumer.ts',
  GoalSet: 'read in the record, by whoever goes on with it',
  GoalStepReached: 'read in the record',
  GoalReached: 'read in the record',
  GoalAbandoned: 'read in the record',
  OutsideReferralMade: 'read in the record; nobody of the network is asked',
  OutsideLinkMade: 'the link is an e-mail: answer-links.consumer.ts',
  OutsideReferralReported: 'read in the record',
  OutsideReferralLapsed: 'nobody waits for it any more; in the list of what was sent outside',
  OutsideReferralCancelled: 'taken back by whoever wrote it, and read in the record',
  AttendanceCorrected: 'corrected by whoever wrote it, and read in the record',
  MergedInto: 'told by RecordsMerged, on the record that goes on',
  ReferralDrafted: 'the sender’s own; what a recipient left to do is told with the completion, and stands in the tasks',
  ReferralDraftEdited: 'the sender’s own: nobody is asked yet',
  ReferralHeld: 'nothing is disclosed yet; its sender has just read it',
  PutIntoBatch: 'prepared at a desk: what is to be decided stands in the tasks',
  DecidedInBatch: 'nothing has happened to the case yet; what comes of it is told as what it is',
  SettledInBatch: 'what is to be decided anew stands in the tasks',
  TakenOutOfBatch: 'the case stays where it is',
  BatchDrawnUp: 'what is to be decided stands in the tasks',
  BatchDecided: 'said on the cases',
  BatchStarted: 'what comes of each case is told there',
  BatchCancelled: 'its cases stay where they are',
  BatchUndone: 'what returns is told on each case',
  PlaceOpened: 'kept by its managers; in the list of places',
  PlaceCorrected: 'kept by its managers; in the list of places',
  PlaceClosed: 'kept by its managers; in the list of places',
  PlaceReopened: 'kept by its managers; in the list of places',
  WorkshopHeld: 'told on each participant’s record',
  WorkshopCorrected: 'told on the record of who is added or was not there',
  WorkshopCancelled: 'told on each participant’s record',
  StructureDeclared: 'nobody works there yet',
  StructureDecided: 'coordinators are told of the cases left behind: structures.consumer.ts',
  OfferChanged: 'changed by its own people, and read in the directory',
  LeafletChanged: 'changed by its own people, and read in the directory',
  TagsChanged: 'changed by its own people, and read in the lists',
  ContactsNamed: 'changed by its own people; whoever is named hears of what comes',
  AbsenceSaid: 'whoever takes over: network.rules.ts',
  AbsenceCorrected: 'whoever takes over: network.rules.ts',
  AbsenceEnded: 'whoever took over: network.rules.ts',
  DelaysChanged: 'what was promised stays as it is; the delays are read with each referral',
  StructureCorrected: 'its managers and the administrators: network.rules.ts',
  ConventionSigned: 'its managers and the administrators: network.rules.ts',
  ConventionEnded: 'its managers and the administrators: network.rules.ts',
  EndNears: 'managers, coordinators and administrators: network.rules.ts',
  PostOccupied: 'said by the structure itself, and read in its convention',
  PostVacated: 'said by the structure itself; that its time runs out is told',
  PostReturned: 'said by the structure itself, and read in its convention',
  StructureTookOver: 'its managers and the administrators: network.rules.ts',
  StructureRenamed: 'its managers and the administrators: network.rules.ts',
  StaffJoined: 'said again on the structure’s record; told with the employment',
  StaffLeft: 'said again on the structure’s record; told with the employment',
  AccountCreated: 'the invitation is an e-mail: accounts.consumer.ts',
  PersonInvited: 'the invitation is an e-mail: accounts.consumer.ts',
  PasswordForgotten: 'the link is an e-mail: accounts.consumer.ts',
  NameCorrected: 'the person, when somebody else did it: network.rules.ts',
  SecondFactorReset: 'the person: network.rules.ts',
  EmailChangeAsked: 'the link is an e-mail to the new address: accounts.consumer.ts',
  EmailChanged: 'the old address is told by an e-mail: accounts.consumer.ts',
  UnusualOpenings: 'administrators: network.rules.ts',
  EmploymentStarted: 'managers and administrators when it is done from outside: network.rules.ts',
  EmploymentEnded:
    'managers and administrators when it is done from outside: network.rules.ts; coordinators when nobody is left: emptied-structures.consumer.ts',
  EmploymentLapsed:
    'what is left goes into a batch, which is a task; coordinators when nobody is left: emptied-structures.consumer.ts',
};

export const toldEvents: readonly string[] = [...new Set(whoIsTold.flatMap(({ on }) => on))];

const isByOthers = ({ structure }: Pick<Happened, 'structure'>, lead: Uuid | undefined): boolean =>
  structure !== null && structure !== lead;

/** Whether anybody may be told, as it stands when it is committed: what a lead records, most of all that is written, then waits for no worker. */
export const mayBeTold = (event: Pick<Happened, 'type' | 'structure'>, lead: Uuid | undefined): boolean =>
  whoIsTold.some(({ on, byOthers }) => on.includes(event.type) && (!byOthers || isByOthers(event, lead)));

export interface Told {
  readonly type: string;
  readonly to: Side | 'coordinator';
  readonly cause?: string;
}

/** Each side once per type, in the order of the table. */
export function toldOf(event: Happened, scene: Scene): Told[] {
  const all = whoIsTold
    .filter(({ on, when, byOthers }) => {
      if (!on.includes(event.type) || (byOthers && !isByOthers(event, scene.lead?.structureId))) return false;
      return when?.(event, scene) ?? true;
    })
    .flatMap(({ tell, as = event.type, cause }) => {
      const because = cause?.(event, scene);
      return tell
        .flatMap((audience) => sidesOf(audience, event, scene))
        .map((to): Told => ({ type: as, to, ...(because === undefined ? {} : { cause: because }) }));
    });
  const known = new Set<string>();
  return all.filter(({ type, to }) => {
    const key = `${type}/${to === 'coordinator' ? to : `${to.structureId}/${to.counsellorId}`}`;
    return !known.has(key) && Boolean(known.add(key));
  });
}
