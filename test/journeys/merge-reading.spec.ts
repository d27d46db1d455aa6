import { today } from '../support/clock';
import { rebuild } from '../support/rebuild';
import { newSession, succeeded, type View } from './driver';
import { texts } from './merge-logs';
import { assembled, people, system, typesIn } from './merge-stage';
import { liveIn, merge, timeline, typesOf, type LivedIn } from './merge-story';

/** What whoever takes part reads once two records are one: both histories, by time, under one id. */
describe('reading the record that goes on', () => {
  let story: LivedIn;

  assembled();
  beforeAll(async () => {
    story = await liveIn(people);
    await system.settle();
    succeeded(await merge(people, story));
    await system.settle();
  });

  it('interleaves both by time; each in its own order, page by page the same', async () => {
    const whole = await timeline(people.lead, story.survivor);
    expect(await timeline(people.lead, story.survivor, 3)).toEqual(whole);
    expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).toSorted());
    for (const stream of [undefined, story.loser]) {
      const numbers = whole.filter(({ caseId }) => caseId === stream).map(({ seq }) => seq!);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
    expect(texts(whole)).toEqual(
      expect.arrayContaining([
        'Premier rendez-vous au Département.',
        'Rendez-vous à La Poste.',
        'Séance à l’Afpa.',
        'Même personne, deux orthographes.',
      ]),
    );
    expect(whole.flatMap(({ privateNote }) => privateNote ?? [])).toEqual([]);
  });

  it('shows each structure the shared threads of both, its own notes, and of conversations its own', async () => {
    const shared = ['Premier rendez-vous au Département.', 'Rendez-vous à La Poste.', 'Séance à l’Afpa.'];
    for (const [person, note] of [
      [people.otherLead, 'Note de La Poste.'],
      [people.otherHelper, 'Note de l’Afpa.'],
      [people.helper, undefined],
    ] as const) {
      const entries = await timeline(person, story.survivor);
      expect(texts(entries)).toEqual(expect.arrayContaining(shared));
      expect(entries.flatMap(({ privateNote }) => privateNote ?? [])).toEqual(note ? [note] : []);
      expect(entries.some(({ seq }) => seq !== undefined)).toBe(false);
    }
    expect(
      typesOf(await timeline(people.helper, story.survivor)).filter((type) => type === 'ReferralSent'),
    ).toHaveLength(1);
  });

  it('shows a coordinator what moved either, an auditor with a reason all but notes', async () => {
    const seen = await timeline(people.coordinator, story.survivor);
    expect(typesOf(seen)).toEqual(expect.arrayContaining(['MergedInto', 'RecordsMerged', 'ReferralDeclined']));
    expect(typesOf(seen)).not.toContain('SessionRecorded');
    expect(texts(seen)).toEqual([]);
    const reading = succeeded(
      await people.auditor.post(`/v1/audit/cases/${story.survivor}/readings`, { reasonCode: 'control' }),
    );
    expect(reading.text).toContain('Rendez-vous à La Poste.');
    expect(reading.text).not.toContain('Note de');
  });

  it('reads a session of the other record under the one id', async () => {
    for (const person of [people.lead, people.helper, people.otherLead]) {
      expect(await person.get(`/v1/cases/${story.survivor}/sessions/${story.otherSession}`)).toMatchObject({
        minutes: 60,
        summary: 'Rendez-vous à La Poste.',
      });
    }
    expect((await people.asked.try('GET', `/v1/cases/${story.survivor}/sessions/${story.otherSession}`)).status).toBe(
      404,
    );
  });

  it('is where its author corrects and cancels it, under either id; what stood before stays readable', async () => {
    const { survivor, loser, otherSession } = story;
    const path = `sessions/${otherSession}/corrections`;
    expect((await people.lead.post(`/v1/cases/${survivor}/${path}`, { minutes: 30 })).status).toBe(403);
    expect(await people.otherLead.do(`/v1/cases/${survivor}/${path}`, { minutes: 30 })).toMatchObject({
      minutes: 30,
      versions: [{ minutes: 60 }],
    });
    expect(await people.otherLead.do(`/v1/cases/${loser}/${path}`, { minutes: 40 })).toMatchObject({
      caseId: survivor,
      minutes: 40,
      versions: [{ minutes: 60 }, { minutes: 30 }],
    });
    expect(await people.lead.get(`/v1/cases/${survivor}/sessions/${otherSession}`)).toMatchObject({
      minutes: 40,
      summary: 'Rendez-vous à La Poste.',
    });
    expect((await typesIn(loser)).at(-1)).toBe('MergedInto');
    const mine = (await timeline(people.otherHelper, survivor)).find(({ text }) => text === 'Séance à l’Afpa.')!.data[
      'sessionId'
    ] as string;
    await people.otherHelper.do(`/v1/cases/${survivor}/sessions/${mine}/cancel`, { reason: 'duplicate' });
    expect(
      (await timeline(people.lead, survivor)).filter(({ cancelled }) => cancelled).map(({ text }) => text),
    ).toEqual(['Séance à l’Afpa.']);
    const rows = () =>
      system.database.query('select id, case_id, minutes, status, corrections from session_entry order by id');
    const before = await rows();
    expect(await rebuild(system.database)).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it('makes the other lead a contributor, and nobody else more than it was', async () => {
    const participation = async (person: typeof people.lead) =>
      ((await person.get(`/v1/cases/${story.survivor}`)) as View & { participation: string }).participation;
    expect([
      await participation(people.lead),
      await participation(people.otherLead),
      await participation(people.otherHelper),
      await participation(people.helper),
    ]).toEqual(['lead', 'contributor', 'contributor', 'contributor']);
    await people.otherLead.do(`/v1/cases/${story.survivor}/sessions`, newSession({ summary: 'La Poste continue.' }));
  });

  it('is found by either name, once', async () => {
    for (const person of [people.lead, people.otherLead, people.helper, people.otherHelper]) {
      for (const name of [story.name, story.otherName]) {
        const { items } = await person.do('/v1/cases/search', { name });
        expect(items.map(({ id }) => id)).toEqual([story.survivor]);
      }
      expect((await person.all('/v1/cases')).map(({ id }) => id)).not.toContain(story.loser);
    }
    expect((await people.coordinator.all('/v1/cases')).map(({ id }) => id)).not.toContain(story.loser);
  });

  it('is what a third opening resembles', async () => {
    const resident = { firstName: 'Camille', lastName: story.otherName, birthYear: 1970, commune: '72264' };
    const answer = await people.lead.post('/v1/cases', {
      resident,
      themes: ['email'],
      informed: { on: today(), how: 'oral' },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'possible-duplicate', caseId: story.survivor } });
  });
});
