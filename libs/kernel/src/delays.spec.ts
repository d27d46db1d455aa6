import { contradictionIn, defaultDelays, delaysInForce, setTogether, type OwnDelays } from './delays';

describe('the delays in force', () => {
  it('are the defaults, then the network’s, then the structure’s own', () => {
    expect(delaysInForce()).toEqual(defaultDelays);
    expect(delaysInForce({ answer: 25, firstSession: 10 })).toEqual({ ...defaultDelays, answer: 25, firstSession: 10 });
    expect(delaysInForce({ answer: 25, firstSession: 10 }, { answer: 15 })).toEqual({
      ...defaultDelays,
      answer: 15,
      firstSession: 10,
    });
  });

  it.each([
    ['no reminder after the last day', { answer: 6 }, { reminders: [3], coordinator: 3, late: 6 }],
    [
      'the coordinator on the day set, with the last reminder',
      { coordinator: 5 },
      { reminders: [3, 5], coordinator: 5 },
    ],
    [
      'the coordinator after every reminder',
      { reminders: [1, 2], coordinator: 15 },
      { reminders: [1, 2, 15], coordinator: 15 },
    ],
    [
      'the coordinator with the last reminder when the day set is too late',
      { answer: 10 },
      { reminders: [3, 7], coordinator: 7 },
    ],
    ['never less time under review', { answer: 40 }, { answer: 40, answerUnderReview: 40 }],
    ['late on the last day at the latest', { answer: 5, late: 9 }, { late: 5 }],
    ['no reminder but with the alert', { reminders: [] }, { reminders: [12], coordinator: 12, answer: 20 }],
    [
      'the alert on the last day, if so set',
      { coordinator: 9, answer: 9 },
      { reminders: [3, 7, 9], coordinator: 9, answer: 9 },
    ],
    [
      'no more time for what is urgent',
      { answer: 4 },
      { urgent: { reminders: [1, 3], coordinator: 3, answer: 4, answerUnderReview: 10, late: 2 } },
    ],
    [
      'of what is urgent what is set, and the defaults for the rest',
      { urgent: { answer: 2 } },
      { urgent: { reminders: [1], coordinator: 1, answer: 2, late: 2 }, answer: 20 },
    ],
  ])('contradict each other nowhere: %s', (_, own, expected) => {
    expect(delaysInForce({}, own)).toMatchObject(expected);
    expect(delaysInForce(own)).toEqual(delaysInForce({}, own));
  });
});

describe('what is set for the network and for a structure', () => {
  const allowed = (network: OwnDelays, structure: OwnDelays = {}) => contradictionIn(setTogether(network, structure));
  const reminders = { shorter: 'reminders', longer: 'answer' };

  it.each<[string, OwnDelays, OwnDelays, object]>([
    ['a reminder after the last day', { reminders: [12], answer: 5 }, {}, reminders],
    ['the same, each at its own level', { reminders: [12] }, { answer: 5 }, reminders],
    ['the same, the other way round', { answer: 5 }, { reminders: [12] }, reminders],
    [
      'a reminder after the alert',
      { reminders: [3, 9], coordinator: 8 },
      {},
      { shorter: 'reminders', longer: 'coordinator' },
    ],
    ['an alert after the last day', { coordinator: 12 }, { answer: 10 }, { shorter: 'coordinator', longer: 'answer' }],
    ['reminders out of order', { reminders: [7, 3] }, {}, { shorter: 'reminders', longer: 'reminders' }],
    ['a reminder twice', { reminders: [3, 3] }, {}, { shorter: 'reminders', longer: 'reminders' }],
    [
      'less time for whom it was acknowledged',
      { answerUnderReview: 10 },
      { answer: 15 },
      { shorter: 'answer', longer: 'answerUnderReview' },
    ],
    [
      'less time under review than nobody has moved for the rest',
      { answerUnderReview: 10 },
      {},
      { shorter: 'answer', longer: 'answerUnderReview' },
    ],
    ['late after it is over', { late: 9, answer: 5 }, {}, { shorter: 'late', longer: 'answer' }],
    [
      'a reminder after the alert nobody has moved',
      { reminders: [15] },
      {},
      { shorter: 'reminders', longer: 'coordinator' },
    ],
    ['an alert after the end nobody has moved', { coordinator: 21 }, {}, { shorter: 'coordinator', longer: 'answer' }],
    [
      'the same of what is urgent',
      { urgent: { reminders: [3] } },
      { urgent: { answer: 2 } },
      { shorter: 'urgent/reminders', longer: 'urgent/answer' },
    ],
    [
      'more time for what is urgent',
      { answer: 4 },
      { urgent: { answer: 5 } },
      { shorter: 'urgent/answer', longer: 'answer' },
    ],
  ])('cannot be %s', (_, network, structure, contradiction) => {
    expect(allowed(network, structure)).toEqual(contradiction);
  });

  it.each<[string, OwnDelays, OwnDelays]>([
    ['the defaults, each written out', defaultDelays, {}],
    ['whatever holds, written out again', delaysInForce({ coordinator: 5, answer: 9 }), {}],
    ['a short answer alone: what nobody has set gives way', { answer: 2 }, {}],
    ['a structure’s own in the place of the network’s', { reminders: [12], answer: 15 }, { reminders: [2], answer: 5 }],
  ])('may be %s', (_, network, structure) => {
    expect(allowed(network, structure)).toBeNull();
  });
});
