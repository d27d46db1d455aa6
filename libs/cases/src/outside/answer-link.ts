/**
 * READ FIRST: a link with which the organisation a resident was sent to answers without an account. It is for that one referral alone: its sheet is read, and its answer
 * given, with a code that is told by telephone. Its secret is sent by e-mail and kept nowhere (answer-links.service.ts); here is what the record knows of it. Pure.
 */
import { type Instant, type Uuid } from '@fil-rouge/kernel';
import type { Led } from '../case/case';

/** `left`: how many wrong codes it takes before it ends; `answered`: for good. */
export type AnswerLink = {
  id: Uuid;
  outsideId: Uuid;
  until: Instant;
  sentBy: Led;
  left: number;
  openings: number;
  answered?: true;
};

/** Calendar days. */
export const linkDays = 8;
/** With eight digits: one guess in twenty million. */
export const mostCodes = 5;
/** The log takes in no more of it. */
export const mostOpenings = 50;
