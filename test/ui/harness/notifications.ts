import type { Locator, Page } from 'playwright-core';

/** The notifications in the lower right corner. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The notification that contains a text; waits when it is used. */
  withText(text: string | RegExp): Locator {
    return this.#toasts().filter({
      has: this.#page.locator('.notification-list-item-message', { hasText: text }),
    });
  }

  /** @returns messages of those in sight, the newest first */
  async texts(): Promise<readonly string[]> {
    return this.#toasts().locator('.notification-list-item-message').allInnerTexts();
  }

  /** @returns labels of the buttons of the notification that contains a text */
  async buttons(text: string | RegExp): Promise<readonly string[]> {
    const toast = this.withText(text);
    await toast.waitFor();
    return toast
      .locator('.notification-list-item-buttons-container .monaco-button')
      .allInnerTexts();
  }

  /** Presses a button of the notification that contains a text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await this.withText(text).getByRole('button', { name: button, exact: true }).click();
  }

  #toasts(): Locator {
    return this.#page.locator('.notifications-toasts .notification-list-item');
  }
}
