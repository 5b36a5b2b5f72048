import { signIn } from './browser.mjs';
import { furnish, weaken } from './studio.mjs';

/** Draws the views of calls; `page` is Alice's, at the list of her rooms. */
export async function drawCalls({ page, browser, options, origin, shot, back }) {
  const theirs = await browser.newContext(options);
  await furnish(theirs, { hue: 24 });
  const bob = await signIn(theirs, origin, 'bob');
  const hers = await browser.newContext(options);
  await furnish(hers, { hue: 320 });
  const carol = await signIn(hers, origin, 'carol');
  await carol.getByRole('link', { name: /Alice Andersson/ }).click();
  await page.getByRole('link', { name: /town-square/ }).click();
  await page.getByRole('button', { name: 'Video call' }).click();
  const look = page.getByRole('dialog');
  await look.getByLabel('Your picture').waitFor();
  await page.waitForFunction(() => document.querySelector('.try-level meter').value > 0.1);
  await shot(page, 'call-look');
  await page.keyboard.press('Escape');
  await look.waitFor({ state: 'detached' });
  await backTo(bob, /town-square/);
  await bob.getByRole('button', { name: 'Call', exact: true }).click();
  await bob.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Join call' }).waitFor();
  await shot(page, 'call-room');
  await bob.getByRole('button', { name: 'Hang up' }).click();
  await bob.locator('.call').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Join call' }).waitFor({ state: 'detached' });
  await back();
  await backTo(bob, /Alice Andersson/);

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
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  await shot(page, 'call-small');
  await carol.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('button', { name: 'Hold and answer' }).waitFor();
  await page.waitForTimeout(400);
  await shot(page, 'call-second');
  await page.getByRole('button', { name: 'Hold and answer' }).click();
  await page.locator('.call[data-phase="connected"]').waitFor();
  await page.getByText('is on hold').waitFor();
  await page.waitForTimeout(1_000);
  await shot(page, 'call-held');
  await carol.getByRole('button', { name: 'Hang up' }).click();
  await page.getByRole('button', { name: 'Go back' }).click();
  await page.getByRole('region', { name: 'Call with Bob Baumann' }).waitFor();
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.locator('.call').waitFor({ state: 'detached' });
  await backTo(page, /Bob Baumann/);
  await page.locator('.call-note').nth(1).waitFor();
  await page.mouse.move(0, 0);
  await shot(page, 'call-over');
  await theirs.close();
  await hers.close();
}

/** Opens a conversation, on a phone by way of the list. */
async function backTo(page, name) {
  const toList = page.getByRole('button', { name: 'Back to the list' });
  if (await toList.isVisible()) await toList.click();
  await page.getByRole('link', { name }).click();
}
