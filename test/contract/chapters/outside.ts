/** An organisation outside the network, which answers behind a link. */
import { Sealing } from '@fil-rouge/platform';
import type { Uuid } from '@fil-rouge/kernel';
import { answerCode, answerToken } from '../../../libs/cases/src/outside/answer-links.service';
import { newOutside, request } from '../../journeys/driver';
import type { Stage } from '../events.stage';

export const outside: Record<string, (stage: Stage) => Promise<Uuid[]>> = {
  'an organisation that answers behind a link': async ({ open, sender, system }) => {
    const id = await open('Euphrasie', 'Fictive');
    const sealing = system.api.get(Sealing, { strict: false });
    const { id: referral } = await sender.do(
      `/v1/cases/${id}/outside-referrals`,
      newOutside({ message: 'Un dossier.' }),
    );
    const link = `/v1/cases/${id}/outside-referrals/${referral}/answer-link`;
    const made = async (): Promise<{ token: string; code: string }> => {
      await sender.do(link, { email: 'guichet@example.org' });
      const [row] = await system.database.query<{ id: Uuid }>(
        'select link_id as id from outside_referral where id = $1',
        [referral],
      );
      return { token: answerToken(sealing, row!.id), code: answerCode(sealing, row!.id) };
    };
    const post = async (path: string, body: object, status = 200) =>
      expect((await request(system.baseUrl, 'POST', path, { body })).status).toBe(status);
    await made();
    await sender.do(`${link}/revoke`);
    const held = await made();
    await post('/v1/outside-answers/sheet', { ...held, code: '0' }, 422);
    await post('/v1/outside-answers/sheet', held);
    await post('/v1/outside-answers', { ...held, answer: 'acknowledged' });
    await post('/v1/outside-answers', { ...held, answer: 'declined', reason: 'no_capacity' });
    return [id];
  },
};
