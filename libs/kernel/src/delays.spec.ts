import { defaultDelays, delaysInForce } from './delays';

describe('the delays in force', () => {
  it('are the defaults, then the network’s, then the structure’s own', () => {
    expect(delaysInForce()).toEqual(defaultDelays);
    expect(delaysInForce({ answer: 25, firstSession: 10 })).toEqual({ ...defaultDelays, answer: 25, firstSession: 10 });
    expect(delaysInForce({ answer: 25, firstSession: 10 }, { answer: 15 })).toEqual({ ...defaultDelays, answer: 15, firstSession: 10 });
  });

  it.each([
    ['no reminder on or after the last day', { answer: 7 }, { reminders: [3], coordinator: 3, late: 7 }],
    ['the coordinator on the day set, with one reminder more', { coordinator: 5 }, { reminders: [3, 5, 7, 12], coordinator: 5 }],
    ['the coordinator after every reminder', { reminders: [1, 2], coordinator: 15 }, { reminders: [1, 2, 15], coordinator: 15 }],
    ['the coordinator with the last reminder when the day set is too late', { answer: 10 }, { reminders: [3, 7], coordinator: 7 }],
    ['never less time under review', { answer: 40 }, { answer: 40, answerUnderReview: 40 }],
    ['late on the last day at the latest', { answer: 5, late: 9 }, { late: 5 }],
    ['no reminder but with the alert', { reminders: [] }, { reminders: [12], coordinator: 12, answer: 20 }],
  ])('contradict each other nowhere: %s', (_, own, expected) => {
    expect(delaysInForce({}, own)).toMatchObject(expected);
    expect(delaysInForce(own)).toEqual(delaysInForce({}, own));
  });
});
