import { describe, it } from 'node:test';
import { Desk, checkAccess, looks, open } from './desk.mjs';

const desk = new Desk();

/** What the journeys do not pass by. */
describe('everybody can use what is rarely seen', () => {
  for (const { viewport, colorScheme } of looks) {
    it(`at ${viewport.width} px, ${colorScheme}`, { timeout: 120_000 }, async () => {
      const isNarrow = viewport.width < 720;
      desk.room('garden-project').archivedAt = new Date().toISOString();
      const page = await desk.person('alice', { viewport, colorScheme, reducedMotion: 'reduce', bypassCSP: true });
      const back = async () => {
        if (isNarrow) await page.getByRole('button', { name: 'Back to the list' }).click();
      };

      await open(page, /garden-project/);
      await page.getByText('This room is archived. It can be read').waitFor();
      await checkAccess(page, 'an archived room');
      await back();
      await open(page, /town-square/);
      if (isNarrow) await page.getByRole('button', { name: 'Show details' }).click();
      await page.locator('.member').first().waitFor();
      await checkAccess(page, 'details');
      await page.getByRole('button', { name: 'Add somebody' }).click();
      await page.locator('.result').first().waitFor();
      await checkAccess(page, 'adding somebody');
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Close details' }).click();
      await back();
      await open(page, /Bob Baumann/);
      await page.getByRole('button', { name: 'Show details' }).click();
      await page.locator('.person-card').waitFor();
      await checkAccess(page, 'a person');
      await page.getByRole('button', { name: 'Close details' }).click();
      await back();
      for (const name of ['Find rooms', 'Write to somebody']) {
        await page.getByRole('button', { name }).first().click();
        await page.locator('.result').first().waitFor();
        await checkAccess(page, name);
        await page.keyboard.press('Escape');
        await page.locator('dialog').waitFor({ state: 'detached' });
      }
      await page.getByRole('button', { name: /your status and more/ }).click();
      await checkAccess(page, 'the menu');
      await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
      await page.getByRole('heading', { name: 'Keys' }).waitFor();
      await page
        .locator('.key-line', { hasText: 'Search messages' })
        .getByRole('button', { name: /^Change/ })
        .click();
      await page.keyboard.press('Control+k');
      await page.getByRole('alert').waitFor();
      await checkAccess(page, 'keys');
      await page.keyboard.press('Escape');
    });
  }
});
