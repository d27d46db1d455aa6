import { readFileSync } from 'node:fs';
import { newCase, newReferral, newSession, Person } from '../journeys/driver';
import { exif, jpeg, pdf } from '../support/files';
import { inABrowser } from './desk';
import { aNetwork, enter, sit } from './stage';

inABrowser('files that are joined', () => {
  aNetwork();
  let counsellor: Person;
  let partner: Person;
  let caseId: string;

  beforeAll(async () => {
    counsellor = await enter('conseiller');
    partner = await enter('conseiller', 'la-poste');
  });
  beforeEach(async () => {
    caseId = (await counsellor.do('/v1/cases', newCase())).id;
  });

  test('to a session: joined, read again as it is, taken away with a reason', async () => {
    const { id } = await counsellor.do(`/v1/cases/${caseId}/sessions`, newSession());
    const desk = await sit('conseiller');
    const { page } = desk;
    await desk.open(`/cases/${caseId}/sessions/${id}`);
    const file = page.getByLabel('Joindre un fichier');
    await file.setInputFiles({ name: 'trop.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(10_500_000) });
    await page.getByText(/« trop\.pdf » pèse 10\sMo/).waitFor();
    await file.setInputFiles({ name: 'faux.pdf', mimeType: 'application/pdf', buffer: Buffer.from('Bonjour') });
    await page.getByRole('alert').waitFor();
    expect(await desk.barriers()).toEqual([]);
    await file.setInputFiles({ name: 'abime.pdf', mimeType: 'application/pdf', buffer: pdf().subarray(0, 60) });
    await page.getByRole('alert').filter({ hasText: 'Ce fichier est abîmé' }).waitFor();
    const letter = pdf('Attestation.');
    await file.setInputFiles({ name: 'attestation caf.pdf', mimeType: 'application/pdf', buffer: letter });
    await page.getByRole('button', { name: 'Télécharger attestation caf.pdf' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await desk.barriers()).toEqual([]);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Télécharger attestation caf.pdf' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('attestation caf.pdf');
    expect(readFileSync(await download.path()).equals(letter)).toBe(true);

    await page.getByRole('button', { name: 'Retirer… attestation caf.pdf' }).click();
    await page.getByRole('dialog').getByRole('radio').first().check();
    expect(await desk.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Retirer le fichier' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Télécharger attestation caf.pdf' }).waitFor({ state: 'detached' });
    expect((await counsellor.get(`/v1/cases/${caseId}/sessions/${id}/attachments`)).items).toEqual([]);
    // Both stand in the thread, in words.
    await desk.open(`/cases/${caseId}`);
    await page.getByText('Fichier joint à un accompagnement').waitFor();
    await page.getByText('Fichier d’un accompagnement retiré').waitFor();
  });

  test('to a referral: whoever is asked reads it with the message, and may not take it away', async () => {
    const { id } = await counsellor.do(`/v1/cases/${caseId}/referrals`, newReferral(partner.structureId));
    const sender = await sit('conseiller');
    await sender.open(`/referrals/${id}`);
    const photograph = { name: 'courrier.jpg', mimeType: 'image/jpeg', buffer: jpeg([exif(6)]) };
    await sender.page.getByLabel('Joindre un fichier').setInputFiles(photograph);
    await sender.page.getByRole('button', { name: 'Télécharger courrier.jpg' }).waitFor();

    const asked = await sit('conseiller', 'la-poste');
    await asked.open(`/referrals/${id}`);
    await asked.page.getByRole('button', { name: 'Télécharger courrier.jpg' }).waitFor();
    expect(await asked.page.getByRole('button', { name: /Retirer/ }).count()).toBe(0);
    expect(await asked.page.getByLabel('Joindre un fichier').count()).toBe(0);
    const coming = asked.page.waitForEvent('download');
    await asked.page.getByRole('button', { name: 'Télécharger courrier.jpg' }).click();
    expect(readFileSync(await (await coming).path()).includes('GPS')).toBe(false);
    expect(await asked.barriers()).toEqual([]);
  });
});
