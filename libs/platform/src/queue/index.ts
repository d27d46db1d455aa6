export { Bell } from './bell';
export { Earshot } from './earshot';
export { answerBell, type BellWork } from './ringer';
export type { Looked } from './vigil';
export { prepareQueueSchema, QueueRefused, type BellSettings } from './backend';
