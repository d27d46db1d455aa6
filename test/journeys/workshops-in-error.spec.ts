/** A workshop that was entered by mistake: what stands of it on each participant’s record follows. */
import { newCase } from './driver';
import { timeline } from './merge-story';
import { colleague, everybody, expectNothingLost, lead, open, recipient, type Session } from './entered-in-error-story';

interface Workshop extends Session {
  title: string;
  participants: { caseId: string }[];
}

everybody();

describe('a workshop', () => {
  const workshop = (participants: string[], more: object = {}) => ({
    title: 'Premiers pas',
    date: '2026-11-20',
    minutes: 90,
    place: 'lieu_activite',
    themes: ['email'],
    level: 'debutant',
    participants: participants.map((caseId) => ({ caseId })),
    anonymous: { total: 2 },
    ...more,
  });
  const attended = async (id: string) =>
    (await timeline(lead, id))
      .filter(({ type }) => type !== 'CaseOpened')
      .map(({ type, cancelled, data }) => [type, cancelled, data['title']]);

  it('is corrected, and with it what stands on each record: of who was there, of who was not, of who is added', async () => {
    const [stays, goes, comes] = [await open(), await open(), await open()];
    const { id } = await lead.do('/v1/workshops', workshop([stays, goes]));
    const corrected = (await lead.do(`/v1/workshops/${id}/corrections`, {
      title: 'Deuxièmes pas',
      level: null,
      participants: [{ caseId: stays }, { caseId: comes }],
      anonymous: { total: 3, byAge: { soixante_dix_plus: 3 } },
      reason: 'Mauvaise liste.',
    })) as Workshop;
    expect(corrected).toMatchObject({
      status: 'held',
      title: 'Deuxièmes pas',
      participants: [{ caseId: stays }, { caseId: comes }],
      anonymous: { total: 3 },
    });
    expect(corrected).not.toHaveProperty('level');
    expect(corrected.versions).toMatchObject([
      { title: 'Premiers pas', level: 'debutant', participants: [{ caseId: stays }, { caseId: goes }] },
    ]);
    expect(await attended(stays)).toEqual([
      ['WorkshopAttended', undefined, 'Premiers pas'],
      ['AttendanceCorrected', undefined, 'Deuxièmes pas'],
    ]);
    expect(await attended(goes)).toEqual([
      ['WorkshopAttended', true, 'Premiers pas'],
      ['AttendanceCancelled', undefined, undefined],
    ]);
    expect(await attended(comes)).toEqual([['WorkshopAttended', undefined, 'Deuxièmes pas']]);
    // Nothing different: nothing happens.
    await lead.do(`/v1/workshops/${id}/corrections`, { title: 'Deuxièmes pas' });
    expect(await attended(stays)).toHaveLength(2);
    const back = (await lead.do(`/v1/workshops/${id}/corrections`, {
      participants: [stays, goes, comes].map((caseId) => ({ caseId })),
    })) as Workshop;
    expect(back.versions).toHaveLength(2);
    expect((await attended(goes)).map(([type, cancelled]) => [type, cancelled])).toEqual([
      ['WorkshopAttended', true],
      ['AttendanceCancelled', undefined],
      ['WorkshopAttended', undefined],
    ]);
  });

  it('is refused as a whole, and says for whom or for what', async () => {
    const [mine, theirs] = [await open(), (await recipient.do('/v1/cases', newCase())).id];
    const { id } = await lead.do('/v1/workshops', workshop([mine]));
    const correct = async (body: object, by = lead) => {
      const answer = await by.post(`/v1/workshops/${id}/corrections`, body);
      return [answer.status, answer.body.code, answer.body.errors?.[0]?.pointer];
    };
    expect(await correct({ title: 'X', participants: [{ caseId: mine }, { caseId: theirs }] })).toEqual([
      404,
      'not-found',
      '/participants/1',
    ]);
    expect(await correct({ participants: [{ caseId: mine }, { caseId: mine }] })).toEqual([
      422,
      'invalid',
      '/participants/1',
    ]);
    expect(await correct({ participants: [], anonymous: { total: 0 } })).toEqual([422, 'invalid', '/participants']);
    expect(await correct({ anonymous: { total: 1, byAge: { soixante_dix_plus: 2 } } })).toEqual([
      422,
      'invalid',
      '/anonymous/byAge',
    ]);
    expect(await correct({ title: 'X' }, recipient)).toEqual([404, 'not-found', undefined]);
    expect(await lead.get(`/v1/workshops/${id}`)).toMatchObject({ title: 'Premiers pas', versions: [] });
  });

  it('is cancelled on every record, once, and is no more in the list', async () => {
    const [one, two] = [await open(), await open()];
    const { id } = await lead.do('/v1/workshops', workshop([one, two]));
    const answers = await Promise.all(
      [lead, colleague].map((by) => by.post(`/v1/workshops/${id}/cancel`, { reason: 'did_not_take_place' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'wrong-state',
      status: 'entered_in_error',
    });
    for (const caseId of [one, two])
      expect((await attended(caseId)).map(([type, cancelled]) => [type, cancelled])).toEqual([
        ['WorkshopAttended', true],
        ['AttendanceCancelled', undefined],
      ]);
    expect(await lead.get(`/v1/workshops/${id}`)).toMatchObject({
      status: 'entered_in_error',
      title: 'Premiers pas',
      cancelled: { reason: 'did_not_take_place' },
    });
    const listed = async (query: string) => (await lead.all(`/v1/workshops${query}`)).some((found) => found.id === id);
    expect([
      await listed(''),
      await listed('?status=entered_in_error'),
      await listed('?status=held,entered_in_error'),
    ]).toEqual([false, true, true]);
  });
});

it('nothing of it is lost by a rebuild', async () => {
  await expectNothingLost();
  const workshops = await lead.all('/v1/workshops?status=entered_in_error');
  expect(workshops.length).toBeGreaterThan(0);
});
