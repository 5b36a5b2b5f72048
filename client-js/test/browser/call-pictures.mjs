import { signIn } from './browser.mjs';
import { furnish, weaken } from './studio.mjs';

/** Draws the views of calls; `page` is Alice's, at the list of her rooms. */
export async function drawCalls({ page, browser, options, origin, shot, back }) {
  const theirs = await browser.newContext(options);
  await furnish(theirs, { hue: 24 });
  const bob = await signIn(theirs, origin, 'bob');
  await bob.getByRole('link', { name: /Alice Andersson/ }).click();

  await page.getByRole('link', { name: /town-square/ }).click();
  await page.getByRole('button', { name: 'Video call' }).click();
  const look = page.getByRole('dialog');
  await look.getByLabel('Your picture').waitFor();
  await page.waitForFunction(() => document.querySelector('.try-level meter').value > 0.1);
  await shot(page, 'call-look');
  await page.keyboard.press('Escape');
  await look.waitFor({ state: 'detached' });
  await back();

  await page.getByRole('link', { name: /Bob Baumann/ }).click();
  await bob.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('alertdialog').waitFor();
  await bob.getByRole('button', { name: 'Hang up' }).click();
  await page.locator('.call-note', { hasText: 'Missed call' }).waitFor();
  await bob.locator('.call').waitFor({ state: 'detached' });
  await bob.getByRole('button', { name: 'Video call' }).click();
  await page.getByRole('alertdialog').waitFor();
  await page.waitForTimeout(400);
  await shot(page, 'call-ring');
  await page.getByRole('button', { name: 'With video' }).click();

  for (const side of [page, bob]) await side.locator('.call[data-phase="connected"]').waitFor();
  await page.waitForFunction(
    () => document.querySelector('.tile:not(.own-tile) video').getVideoPlaybackQuality().totalVideoFrames > 20,
  );
  await page.locator('.bars-4, .bars-3').first().waitFor();
  await shot(page, 'call-talk');

  await bob.getByRole('button', { name: 'Share your screen' }).click();
  await page.getByLabel('Screen of Bob Baumann').waitFor();
  await page.waitForFunction(
    () => document.querySelector('video[aria-label^="Screen of"]').getVideoPlaybackQuality().totalVideoFrames > 10,
  );
  await shot(page, 'call-screen');
  await bob.getByRole('button', { name: 'Stop sharing your screen' }).click();
  await page.getByLabel('Screen of Bob Baumann').waitFor({ state: 'detached' });

  await weaken(page);
  await page.getByText(/connection is weak/).waitFor({ timeout: 40_000 });
  await shot(page, 'call-weak');

  await page.getByRole('button', { name: 'Make the call small' }).click();
  await page.waitForTimeout(400);
  await shot(page, 'call-small');
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.locator('.call').waitFor({ state: 'detached' });
  await page.locator('.call-note').nth(1).waitFor();
  await shot(page, 'call-over');
  await theirs.close();
}
