/** A resident is sent outside the network: who does it, and what the sheet says. */
import { addCalendarDays, localDateOf } from '@fil-rouge/kernel';
import { newCase, newOutside, type Person } from './driver';
import {
  at,
  auditor,
  caf,
  contributor,
  coordinator,
  everybody,
  lead,
  open,
  refused,
  send,
  stranger,
  system,
  type Outside,
} from './outside-stage';

everybody();

describe('sending', () => {
  it('is for who takes part; everybody who reads the thread reads it, and nobody else learns of it', async () => {
    const id = await open();
    const sent = await send(id, caf);
    expect(sent).toMatchObject({
      status: 'sent',
      version: 1,
      recipient: 'caf',
      ...caf,
      structure: { id: lead.structureId },
    });
    for (const by of [lead, contributor])
      expect((await by.get(`${at(id)}/${sent.id}`)) as Outside).toMatchObject({
        recipient: 'caf',
        message: caf.message,
      });
    expect((await contributor.all(at(id))).map((one) => one.id)).toEqual([sent.id]);
    for (const by of [stranger, coordinator, auditor]) {
      for (const path of [at(id), `${at(id)}/${sent.id}`, `${at(id)}/${sent.id}/sheet`])
        expect([403, 404]).toContain((await by.try('GET', path)).status);
      expect([403, 404]).toContain((await by.post(at(id), newOutside())).status);
    }
    for (const by of [stranger, coordinator])
      expect(JSON.stringify(await by.all('/v1/outside-referrals').catch(() => []))).not.toContain(sent.id);
    const [event] = await system.database.query<{ data: object }>('select data from event where about = $1', [sent.id]);
    expect(event!.data).toEqual({ outsideId: sent.id, means: 'printed' });
    const timeline = await contributor.all(`/v1/cases/${id}/timeline?kind=outside`);
    expect(timeline.map(({ type }) => type)).toEqual(['OutsideReferralMade']);
    expect((await lead.get(`/v1/cases/${id}`)).actions).toContain('outside-referrals');
  });

  it.each<[object, string]>([
    [{ recipient: 'nobody' }, '/recipient'],
    [{ recipient: 'unlisted' }, '/name'],
    [{ needs: ['rien'] }, '/needs'],
    [{ needs: ['logement'] }, '/needs'],
    [{ means: 'pigeon' }, '/means'],
    [{ informed: undefined }, '/informed'],
    [{ message: '' }, '/message'],
    [{ phone: '0243' }, '/phone'],
  ])('%j is refused where it stands: %s', async (more, where) => {
    const [status, , first] = await refused(lead.post(at(await open()), newOutside(more)));
    expect([status, String(first).startsWith(where)]).toEqual([422, true]);
  });

  it('is not done behind the back of the resident, nor against an objection to everybody, nor on a closed case', async () => {
    const id = await open();
    const old = addCalendarDays(localDateOf(system.clock.now()), -800);
    expect((await refused(lead.post(at(id), newOutside({ informed: { on: old, how: 'oral' } })))).slice(0, 2)).toEqual([
      422,
      'not-informed',
    ]);
    expect((await refused(lead.post(at(id), newOutside(), { 'if-match': '"77"' })))[0]).toBe(412);
    const on = localDateOf(system.clock.now());
    await lead.do(`/v1/cases/${id}/objections`, { against: 'all', on, how: 'oral' });
    expect(await refused(lead.post(at(id), newOutside()))).toEqual([422, 'objection']);
    const closed = await open();
    await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met', cancelReferrals: true });
    expect((await refused(lead.post(at(closed), newOutside())))[0]).toBe(409);
  });

  it('is done once, and of twenty at most one waits', async () => {
    const id = await open();
    const headers = { 'idempotency-key': 'une-fois-pour-toutes' };
    const twice = [await lead.post(at(id), newOutside(), headers), await lead.post(at(id), newOutside(), headers)];
    expect(twice.map(({ body }) => body.id)).toEqual([twice[0]!.body.id, twice[0]!.body.id]);
    for (let n = 1; n < 20; n++) await send(id);
    expect(await refused(lead.post(at(id), newOutside()))).toEqual([422, 'invalid', ' too-many-open']);
  });
});

describe('the sheet', () => {
  it('says no more of the resident than a structure of the network reads before it answers, and is in the journal each time', async () => {
    const { id } = await lead.do('/v1/cases', {
      ...newCase(),
      resident: {
        firstName: 'Apolline',
        lastName: 'Introuvable',
        birthName: 'Cachée',
        birthYear: 1950,
        phone: '0639980009',
        email: 'apolline@exemple.fr',
        commune: '72264',
      },
    });
    const sent = await send(id, caf);
    const before = await lead.try('GET', `${at(id)}/${sent.id}/sheet`);
    expect(before.body).toMatchObject({
      ...caf,
      recipient: 'caf',
      resident: {
        firstName: 'Apolline',
        commune: '72264',
        communeName: 'Sablé-sur-Sarthe',
        ageBracket: 'soixante_dix_plus',
      },
      structure: { id: lead.structureId },
      person: { id: lead.id },
    });
    expect(before.text).not.toMatch(/Introuvable|Cachée|0639980009|apolline@|1950/i);
    await lead.get(`${at(id)}/${sent.id}/sheet`);
    const [{ entries }] = (await system.database.query<{ entries: number }>(
      `select count(*)::integer as entries from audit_entry where action = 'case.outside-sheet' and stream_id = $1`,
      [id],
    )) as [{ entries: number }];
    expect(entries).toBe(2);
  });

  it('is made by who sent, and of nothing that was taken back', async () => {
    const id = await open();
    const sent = await send(id);
    const sheet = async (by: Person, of = `${at(id)}/${sent.id}`) => (await by.try('GET', `${of}/sheet`)).status;
    expect([await sheet(contributor), await sheet(stranger)]).toEqual([403, 404]);
    await lead.do(`${at(id)}/${sent.id}/cancel`, { reason: 'duplicate' });
    expect(await sheet(lead)).toBe(409);
    const [closed, objected] = [await open(), await open()];
    const [last, other] = [await send(closed), await send(objected)];
    await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met', cancelReferrals: true });
    const on = localDateOf(system.clock.now());
    await lead.do(`/v1/cases/${objected}/objections`, { against: 'all', on, how: 'oral' });
    expect(await sheet(lead, `${at(closed)}/${last.id}`)).toBe(403);
    expect(await sheet(lead, `${at(objected)}/${other.id}`)).toBe(403);
    expect(
      await system.database.query(
        `select from audit_entry where action = 'case.outside-sheet' and stream_id = any($1)`,
        [[id, closed, objected]],
      ),
    ).toEqual([]);
  });
});
