export { Bell } from './bell';
export { Earshot } from './earshot';
export { answerBell, type BellWork } from './ringer';
export { prepareQueueSchema, QueueRefused, type BellSettings } from './backend';
