export { Bell } from './bell';
export { answerBell, type BellWork } from './ringer';
export { prepareQueueSchema, QueueRefused, type BellSettings } from './backend';
