import { readFileSync } from 'node:fs';
import { newCase, newSession } from '../journeys/driver';
import { readCsv } from '../journeys/exports-stage';
import { until } from '../support/until';
import { inABrowser } from './desk';
import { aNetwork, enter, sit, system } from './stage';

inABrowser('an export', () => {
  aNetwork();

  test('is asked for beside the list, with its choices, and fetched when it is ready', async () => {
    const counsellor = await enter('conseiller');
    const { id } = await counsellor.do('/v1/cases', newCase());
    await counsellor.do(`/v1/cases/${id}/sessions`, newSession({ themes: ['email'] }));
    await counsellor.do(`/v1/cases/${id}/sessions`, newSession({ themes: ['sante'], minutes: 45 }));
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open('/sessions?theme=sante');
    await page.getByRole('link', { name: 'Exporter…' }).click();
    await page.getByRole('heading', { level: 1, name: 'Exporter des activités' }).waitFor();
    expect(page.url()).toMatch(/#\/exports\?theme=sante$/);
    expect(await page.getByLabel('Thème', { exact: true }).inputValue()).toBe('sante');
    // What others did is for a manager.
    expect(await page.getByLabel('De qui').count()).toBe(0);
    await page.getByText('Aucun export pour l’instant.').waitFor();
    const columns = page.getByRole('group', { name: 'Colonnes' });
    const chosen = columns.getByRole('checkbox', { checked: true });
    while ((await chosen.count()) > 0) await chosen.first().uncheck();
    expect(await page.getByRole('button', { name: 'Préparer l’export' }).isDisabled()).toBe(true);
    await columns.getByLabel('Prénom', { exact: true }).check();
    await columns.getByLabel('Durée (minutes)').check();
    await page.getByLabel('CSV (points-virgules)').check();
    expect(await desk.barriers()).toEqual([]);
    // By the keyboard alone.
    await page.getByRole('button', { name: 'Préparer l’export' }).focus();
    await page.keyboard.press('Enter');
    const made = page.getByRole('region', { name: 'Vos exports' });
    await made.getByText('1 ligne').waitFor();
    expect(await desk.barriers()).toEqual([]);
    expect(await desk.overflow()).toBe(0);
    const coming = page.waitForEvent('download');
    await made.getByRole('button', { name: /^Télécharger/ }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^activites-\d{4}-\d\d-\d\d\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    expect(readCsv(text.replace('\uFEFF', ''))).toEqual([
      ['Durée (minutes)', 'Prénom'],
      ['45', 'Eulalie'],
    ]);
    await made.getByRole('button', { name: /^Supprimer/ }).click();
    await page.getByText('Aucun export pour l’instant.').waitFor();
    expect((await counsellor.get('/v1/exports')).items).toEqual([]);
  });

  test('is a manager’s of the whole structure; how far it is, and why there is none, is said', async () => {
    const manager = await enter('responsable');
    const { id } = await manager.do('/v1/exports', { row: 'session', format: 'xlsx', columns: ['date'] });
    await until(async () => (await manager.get(`/v1/exports/${id}`)).status === 'ready');
    // As it looks while a longer one is being made.
    const say = (what: string) => system.database.query(`update export set ${what} where id = $1`, [id]);
    await say(`status = 'running', done = 1500, total = 6000, leased_until = '2199-12-31'`);
    const desk = await sit('responsable', undefined, { width: 320, height: 640, theme: 'dark' });
    const { page } = desk;
    await desk.open('/exports?counsellor=all');
    expect(await page.getByLabel('De qui').inputValue()).toBe('all');
    const made = page.getByRole('region', { name: 'Vos exports' });
    await made.getByText(/1\s500 sur 6\s000 lignes/).waitFor();
    expect(await made.getByRole('progressbar').getAttribute('value')).toBe('1500');
    expect(await desk.barriers()).toEqual([]);
    expect(await desk.overflow()).toBe(0);
    await say(`status = 'failed', failure = 'signed_out'`);
    await made.getByText('Votre session s’est terminée avant la fin de l’export.').waitFor();
    expect(await desk.barriers()).toEqual([]);
    expect(await desk.overflow()).toBe(0);
  });
});
