import { expect, framesSeen, openRoom, pathsInUse, test, tracksLeft, writeTo } from './people';

test('a call goes by the relay with the credentials of the moment', async ({ arrive, newcomer }) => {
  const [ann, ben] = [await newcomer('Ann'), await newcomer('Ben')];
  const relayOnly = { before: () => Object.assign(window, { parleyRelayOnly: true }) };
  const atAnn = await arrive(ann, relayOnly);
  const atBen = await arrive(ben, relayOnly);
  await writeTo(atAnn, ben);

  await atAnn.page.getByRole('button', { name: 'Video call' }).click();
  await atBen.page.getByRole('alertdialog').getByRole('button', { name: 'With video' }).click();

  for (const person of [atAnn, atBen]) {
    await expect.poll(() => framesSeen(person), { timeout: 40_000 }).toBeGreaterThan(10);
    expect([...new Set(await pathsInUse(person))]).toEqual(['relay']);
  }
  await atAnn.page.getByRole('button', { name: 'Hang up' }).click();
  await expect.poll(() => tracksLeft(atAnn)).toEqual([]);
});

test('whoever refuses camera and microphone is told what to do, and can still be called', async ({
  arrive,
  newcomer,
}) => {
  const [ann, ben] = [await newcomer('Ann'), await newcomer('Ben')];
  const atAnn = await arrive(ann, { camera: false, microphone: false });
  const atBen = await arrive(ben);
  await writeTo(atBen, ann);
  await openRoom(atAnn, 'Ben');

  await atBen.page.getByRole('button', { name: 'Video call' }).click();
  await atAnn.page.getByRole('alertdialog').getByRole('button', { name: 'With video' }).click();

  await expect(atAnn.page.locator('.trouble[role=alert]').first()).toContainText(/microphone|camera/i);
  await expect.poll(() => framesSeen(atAnn), { timeout: 30_000 }).toBeGreaterThan(10);
  await atBen.page.getByRole('button', { name: 'Hang up' }).click();
  await expect.poll(() => tracksLeft(atBen)).toEqual([]);
});

test('a declined call ends on both sides', async ({ arrive, newcomer }) => {
  const [ann, ben] = [await newcomer('Ann'), await newcomer('Ben')];
  const atAnn = await arrive(ann);
  const atBen = await arrive(ben);
  await writeTo(atAnn, ben);

  await atAnn.page.getByRole('button', { name: 'Call', exact: true }).click();
  await atBen.page.getByRole('alertdialog').getByRole('button', { name: 'Decline' }).click();

  await expect(atAnn.page.getByText('Ben declined.')).toBeVisible();
  await expect(atBen.page.getByRole('alertdialog')).toHaveCount(0);
  await expect.poll(() => tracksLeft(atAnn)).toEqual([]);
});

test('whoever wants to can try out calls before somebody has to wait for them', async ({ arrive, newcomer }) => {
  const atAnn = await arrive(await newcomer('Ann'));
  const { page } = atAnn;

  await page.getByRole('button', { name: /your status and more/ }).click();
  await page.getByRole('menuitem', { name: 'Try out calls' }).click();

  const dialog = page.getByRole('dialog', { name: 'Try out calls' });
  // from here, or, where coturn is not installed, between those who reach each other
  await expect(dialog.getByRole('status')).toContainText('Calls will work');
  await expect(dialog.getByLabel('Your picture')).toBeVisible();
  // the microphone of the tests beeps once a second
  const level = dialog.getByRole('meter');
  await expect.poll(() => level.evaluate((meter) => (meter as HTMLMeterElement).value)).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => tracksLeft(atAnn)).toEqual([]);
});
