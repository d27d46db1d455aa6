import { newCase, newSession } from '../journeys/driver';
import { today } from '../support/clock';
import { inABrowser } from './desk';
import { aNetwork, enter, sit } from './stage';

/** Every page of a desk, as whoever uses it opens it: nothing in the way of anybody, on a laptop and on a phone, in both colours. */
const pages: Record<string, string[]> = {
  conseiller: [
    '/account',
    '/tasks?whose=structure',
    '/appointments?counsellor=all',
    '/cases/{case}/appointment',
    '/cases/{case}/appointments/{appointment}',
    '/sessions',
    '/exports',
    '/cases/{case}/sessions/{session}',
    '/anonymous-session',
    '/anonymous-sessions',
    '/workshops',
    '/workshops/new',
    '/structures',
    '/structures/{structure}',
    '/team',
    '/statistics',
    '/statistics/continuity',
    '/help',
    '/accessibility',
  ],
  responsable: [
    '/exports?counsellor=all',
    '/structures/{structure}',
    '/team',
    '/places',
    '/places/new',
    '/conventions',
    '/help',
  ],
  coordinateur: [
    '/statistics',
    '/statistics/continuity',
    '/duplicates',
    '/structures/new',
    '/team',
    '/conventions',
    '/help',
  ],
  administrateur: [
    '/structures',
    '/structures/{structure}',
    '/team',
    '/conventions',
    '/retention',
    '/journal',
    '/journal/find',
    '/journal/verifications',
    '/journal/cases/{case}',
    '/settings',
    '/help',
  ],
  auditeur: ['/journal', '/journal/cases/{case}', '/help'],
};

inABrowser('every page', () => {
  aNetwork();
  let there: Record<string, string>;

  beforeAll(async () => {
    const counsellor = await enter('conseiller');
    const { id } = await counsellor.do('/v1/cases', newCase());
    there = {
      case: id,
      structure: counsellor.structureId,
      session: (await counsellor.do(`/v1/cases/${id}/sessions`, newSession())).id,
      appointment: (await counsellor.do(`/v1/cases/${id}/appointments`, { at: `${today()}T14:00`, minutes: 45 })).id,
    };
  });

  describe.each([
    { width: 1366, height: 768, theme: 'light' as const },
    { width: 320, height: 640, theme: 'dark' as const },
  ])('at $width, $theme', (look) => {
    test.each(Object.entries(pages))('for %s', async (role, addresses) => {
      const desk = await sit(role, undefined, look);
      const wrong: unknown[] = [];
      for (const address of addresses) {
        await desk.open(address.replace(/\{(\w+)\}/g, (_, name: string) => there[name]!));
        const missing = await desk.page.getByRole('heading', { name: 'Il n’y a rien à cette adresse' }).count();
        const found = [await desk.barriers(), await desk.overflow(), missing, desk.trouble.splice(0)];
        if (JSON.stringify(found) !== '[[],0,0,[]]') wrong.push([address, ...found]);
      }
      expect(wrong).toEqual([]);
      await desk.close();
    });
  });
});
