export class CalendarAddressShown {
  /** Below the address of this API. It is shown this once: whoever holds it reads when and where you have appointments, and nothing else. */
  address!: string;
}
