import type { Locator, Page } from 'playwright-core';

import { eventually } from './eventually.ts';

/** The box at the top of the workbench: quick picks, input boxes and the command palette. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget:visible');
  }

  /**
   * Waits until the box shows a text: as its title, placeholder, prompt or what is wrong with the
   * input. To be called before every input, since one box often follows another.
   */
  async shows(text: string): Promise<void> {
    let seen = 'no box';
    await eventually(`a quick input that shows "${text}"`, async () => {
      seen = await this.text();
      return seen.includes(text) ? true : undefined;
    }).catch((error: unknown) => {
      throw new Error(`It shows: ${seen}`, { cause: error });
    });
  }

  /** @returns title, placeholder and message, line by line; empty where there is no box */
  async text(): Promise<string> {
    // One look at all three, which belong to the same moment.
    const shown = await this.#widget.evaluateAll((widgets) =>
      widgets.flatMap((widget) => [
        widget.querySelector('.quick-input-title')?.textContent,
        widget.querySelector('.quick-input-box input')?.getAttribute('placeholder'),
        widget.querySelector('.quick-input-message')?.textContent,
      ]),
    );
    return shown.filter((line) => line !== null && line !== undefined && line !== '').join('\n');
  }

  /** Puts a text in place of what is in the box. */
  async type(text: string): Promise<void> {
    await this.#input().fill(text);
  }

  /** @returns what is in the box */
  async value(): Promise<string> {
    return this.#input().inputValue();
  }

  /** @returns labels of the items that are in sight, from the top */
  async labels(): Promise<readonly string[]> {
    // The rows below it are of the item's detail.
    return this.#rows().locator('.quick-input-list-row:first-child .label-name').allInnerTexts();
  }

  /** @returns all text of the items that are in sight, descriptions and details too */
  async items(): Promise<readonly string[]> {
    return this.#rows().allInnerTexts();
  }

  /** Clicks the item with this label, waiting for it. */
  async choose(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** The item with exactly this label. */
  row(label: string): Locator {
    return this.#rows().filter({
      has: this.#page.locator('.quick-input-list-row').first().getByText(label, { exact: true }),
    });
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.#input().press('Enter');
  }

  /** Presses Escape. */
  async cancel(): Promise<void> {
    await this.#input().press('Escape');
  }

  /** Presses the button that leads to the step before. */
  async back(): Promise<void> {
    await this.#widget.getByRole('button', { name: 'Back' }).click();
  }

  /** Waits until no box is open. */
  async isClosed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }

  #input(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }

  #rows(): Locator {
    // Their role is another one where several can be chosen.
    return this.#widget.locator('.quick-input-list .monaco-list-row');
  }
}
