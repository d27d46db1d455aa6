import { newCase, newReferral, newSession } from '../journeys/driver';
import { today } from '../support/clock';
import { inABrowser } from './desk';
import { aNetwork, enter, sit, system } from './stage';

inABrowser('figures', () => {
  aNetwork();

  test('are those of the api, with what they mean, for the days in the address', async () => {
    const counsellor = await enter('conseiller');
    const { id } = await counsellor.do('/v1/cases', { ...newCase(), confirmNotDuplicate: true });
    for (const minutes of [30, 45, 60]) await counsellor.do(`/v1/cases/${id}/sessions`, { ...newSession(), minutes });
    await system.settle();
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open('/');
    await page.getByRole('link', { name: 'Statistiques' }).click();
    const sessions = page.getByRole('region', { name: 'Accompagnements individuels' });
    await sessions.getByText('3, 2 h 15').waitFor();
    const own = (await counsellor.get('/v1/statistics?scope=mine')) as unknown as {
      sessions: { definition: string; tables: { label: string; cells: { label: string; count: number }[] }[] };
    };
    await sessions.getByText(own.sessions.definition).waitFor();
    const [table] = own.sessions.tables;
    const rows = sessions.getByRole('group', { name: table!.label }).getByRole('row');
    for (const { label, count } of table!.cells)
      await rows.filter({ hasText: label }).getByText(String(count), { exact: true }).waitFor();
    await page.getByLabel('Période').selectOption({ label: 'Le mois dernier' });
    await page.getByText('Rien n’a été enregistré dans cette période.').waitFor();
    expect(page.url()).toMatch(/statistics\?from=\d{4}-\d\d-01&to=\d{4}-\d\d-\d\d$/);
    await page.getByLabel('Du', { exact: true }).fill(today());
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Au', { exact: true }).fill(today());
    await sessions.waitFor();
  });

  test('say whether the thread holds: what waits for whom, and what nobody here takes', async () => {
    const [counsellor, post] = [await enter('conseiller'), await enter('responsable', 'la-poste')];
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const { id } = await counsellor.do('/v1/cases', newCase());
      ids.push((await counsellor.do(`/v1/cases/${id}/referrals`, newReferral(post.structureId))).id);
    }
    await post.do(`/v1/referrals/${ids[0]}/decline`, { reason: 'no_capacity' });
    await system.settle();
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open('/statistics');
    await page.getByRole('link', { name: 'Orientations et passations' }).click();
    const open = page.getByRole('region', { name: 'Ce qui attend, et qui' });
    await open.getByRole('row', { name: /La Poste 2 2 0 0 0/ }).waitFor();
    await page.getByRole('region', { name: 'Réponses' }).getByText('1 : la moitié le jour même').first().waitFor();
    const gap = page.getByRole('region', { name: /^Personne ici ne prend : / });
    await gap.getByRole('group', { name: 'Commune' }).getByRole('row').first().waitFor();
    expect(await desk.barriers()).toEqual([]);
    await page.getByLabel('Quoi', { exact: true }).selectOption({ label: 'Ce qui nous a été demandé' });
    await page.getByText('Rien n’a été envoyé ni fini dans cette période.').waitFor();
    expect(page.url()).toMatch(/continuity\?whose=received$/);
    await page.getByLabel('Quoi', { exact: true }).selectOption({ label: 'Les sommes de tout le réseau' });
    await page.getByText('Compté par cinq').waitFor();
    await page.getByText('Un trimestre n’est pas encore compté').waitFor();
    const coordinator = await sit('coordinateur');
    await coordinator.open('/statistics/continuity');
    await coordinator.page.getByText('Suivis sans référent : 0, comme il se doit.').waitFor();
    expect(await coordinator.page.getByLabel('Période').locator('option').first().textContent()).toMatch(
      /trimestre \d{4}$/,
    );
  });

  test('of a territory are told by months that are over', async () => {
    const desk = await sit('coordinateur');
    await desk.open('/statistics');
    await desk.page.getByText(/^Mon territoire, du 1er/).waitFor();
    expect(await desk.page.getByLabel('Période').locator('option').allTextContents()).not.toContain('Ce mois-ci');
    expect(await desk.barriers()).toEqual([]);
  });
});
