import { CasesBaseline1795903200003 } from './1795903200003-baseline';
import { EnteredInError1795910400003 } from './1795910400003-entered-in-error';
import { Resemblances1795914888013 } from './1795914888013-resemblances';
import { SessionsAcrossCases1796029200003 } from './1796029200003-sessions-across-cases';
import { Notes1796029200004 } from './1796029200004-notes';
import { Places1796029200005 } from './1796029200005-places';
import { SearchDue1796050000013 } from './1796050000013-search-due';
import { CaseOrders1796050100013 } from './1796050100013-case-orders';
import { LastDay1796100000001 } from './1796100000001-last-day';
import { Appointments1796100200003 } from './1796100200003-appointments';
import { AnonymousSessions1796100400001 } from './1796100400001-anonymous-sessions';
import { CalendarAddresses1796100600003 } from './1796100600003-calendar-addresses';
import { Goals1796100700003 } from './1796100700003-goals';
import { PlacesNear1796200000003 } from './1796200000003-places-near';
import { PlacesReception1796200100003 } from './1796200100003-places-reception';
import { OutsideReferrals1796200200003 } from './1796200200003-outside-referrals';
import { Attachments1796503000000 } from './1796503000000-attachments';
import { WhatDiffers1796504000002 } from './1796504000002-what-differs';
import { AnswerLinks1796700000003 } from './1796700000003-answer-links';
import { CaseStates1796700100003 } from './1796700100003-case-states';
import { SessionTags1797000030003 } from './1797000030003-session-tags';
import { Reminders1797000100003 } from './1797000100003-reminders';
import { NothingSampled1797000300003 } from './1797000300003-nothing-sampled';
import { WithoutLead1797000700003 } from './1797000700003-without-lead';
import { Retention1797000700013 } from './1797000700013-retention';
import { Exports1797100100003 } from './1797100100003-exports';
import { ErasureNotices1797100500003 } from './1797100500003-erasure-notices';
import { Eliminations1797100500013 } from './1797100500013-eliminations';

export const casesMigrations = [
  CasesBaseline1795903200003,
  EnteredInError1795910400003,
  Resemblances1795914888013,
  SessionsAcrossCases1796029200003,
  Notes1796029200004,
  Places1796029200005,
  SearchDue1796050000013,
  CaseOrders1796050100013,
  LastDay1796100000001,
  Appointments1796100200003,
  AnonymousSessions1796100400001,
  CalendarAddresses1796100600003,
  Goals1796100700003,
  PlacesNear1796200000003,
  PlacesReception1796200100003,
  OutsideReferrals1796200200003,
  Attachments1796503000000,
  WhatDiffers1796504000002,
  AnswerLinks1796700000003,
  CaseStates1796700100003,
  SessionTags1797000030003,
  Reminders1797000100003,
  NothingSampled1797000300003,
  WithoutLead1797000700003,
  Retention1797000700013,
  Exports1797100100003,
  ErasureNotices1797100500003,
  Eliminations1797100500013,
];
