import type { Life } from './life';
import { earlierLivesOfCamille } from './lives.camille-ended';
import { livesOfCamille } from './lives.camille';
import { livesOfDesk } from './lives.desk';
import { livesOfLeaver } from './lives.leaver';
import { livesOfNetwork } from './lives.network';
import { livesPassedOn } from './lives.passing';

export const lives: readonly Life[] = [
  ...livesOfCamille,
  ...earlierLivesOfCamille,
  ...livesOfLeaver,
  ...livesOfDesk,
  ...livesPassedOn,
  ...livesOfNetwork,
];
