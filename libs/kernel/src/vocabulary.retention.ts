/** How long records are kept, and under which slip they are erased: wire value → French label. */
import { valuesOf } from './vocabulary';

/** Why a record is erased: the resident asked, the time to keep it is over, or it should never have been there. */
export const erasureReasons = {
  request_of_resident: 'Demande de la personne concernée',
  retention_ended: 'Durée de conservation dépassée',
  opened_in_error: 'Ouvert par erreur',
} as const;
export type ErasureReason = keyof typeof erasureReasons;
/** Those of one record by itself: what has been kept for long enough is erased under a slip. */
export const erasureReasonValues = valuesOf(erasureReasons).filter((reason) => reason !== 'retention_ended');

/** What is kept no longer than it may be. */
export const retentionSubjects = { record: 'Le dossier', part: 'La part d’une structure' } as const;
export type RetentionSubject = keyof typeof retentionSubjects;
export const retentionSubjectValues = valuesOf(retentionSubjects);

/** How far a record has come to its end. */
export const retentionStages = {
  kept: 'Encore conservé',
  due: 'Arrivé à son terme',
  announced: 'Effacement annoncé',
  ready: 'Délai écoulé',
  on_slip: 'Sur un bordereau',
} as const;
export type RetentionStage = keyof typeof retentionStages;
export const retentionStageValues = valuesOf(retentionStages);

/** What has become of a slip under which records are erased. */
export const slipStates = {
  drawn_up: 'À signer',
  signed: 'Signé, effacement en cours',
  done: 'Exécuté',
  withdrawn: 'Retiré',
} as const;
export type SlipState = keyof typeof slipStates;
export const slipStateValues = valuesOf(slipStates);

export const slipLineStates = { waiting: 'En attente', erased: 'Effacé', left_out: 'Laissé de côté' } as const;
export const slipLineStateValues = valuesOf(slipLineStates);

/** Why a record on a slip was not erased. */
export const leftOutReasons = {
  moved: 'Quelque chose y a été fait depuis',
  waited_for: 'Quelqu’un y aide, ou doit y répondre',
  gone: 'Effacé autrement',
  refused: 'Effacement refusé',
  withdrawn: 'Bordereau retiré',
} as const;
export type LeftOutReason = keyof typeof leftOutReasons;
export const leftOutReasonValues = valuesOf(leftOutReasons);
