import type { Sentences } from '@fil-rouge/kernel';

export const notificationsSentences: Sentences = {
  'This is not the `asOf` of a page of your notifications. Read the first page again.':
    'Ce n’est pas le `asOf` d’une page de vos notifications. Relisez la première page.',
};
