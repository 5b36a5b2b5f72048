import AxeBuilder from '@axe-core/playwright';
import { demo, expect, framesSeen, openRoom, say, test, tracksLeft, writeTo, type Person } from './people';
import { png } from './picture';

const alice = demo('alice');
const bob = demo('bob');

test('alice and bob chat, see each other, exchange a picture and talk by video', async ({ arrive }) => {
  const atAlice = await arrive(alice);
  await writeTo(atAlice, bob);

  const atBob = await test.step('bob comes, and alice sees it', async () => {
    const person = await arrive(bob);
    await expect(atAlice.page.locator('.conversation-title')).toContainText(/online/i);
    return person;
  });

  await test.step('what one says the other reads', async () => {
    const greeting = `Hello Bob ${Date.now()}`;
    await say(atAlice, greeting);
    await openRoom(atBob, 'Alice');
    await expect(messages(atBob).getByText(greeting)).toBeVisible();
    const answer = `Hello Alice ${Date.now()}`;
    await say(atBob, answer);
    await expect(messages(atAlice).getByText(answer)).toBeVisible();
    await expect(messages(atAlice).getByText(greeting)).toHaveCount(1);
  });

  await test.step('who writes is seen writing, and no longer when they have stopped', async () => {
    const field = atBob.page.getByRole('textbox', { name: /^Message to/ });
    const line = atAlice.page.locator('.typing-line');
    // one notice in three seconds: who has just sent something is seen again only when they go on
    await expect(async () => {
      await field.pressSequentially('hm');
      await expect(line).toContainText('Bob is writing', { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await field.fill('');
    await expect(line).toBeEmpty();
  });

  await test.step('a picture goes straight to storage and arrives', async () => {
    const puts: { url: string; bytes: number }[] = [];
    atAlice.page.on('request', (request) => {
      if (request.method() === 'PUT') puts.push({ url: request.url(), bytes: request.postDataBuffer()?.length ?? 0 });
    });
    const file = { name: `red-${Date.now()}.png`, mimeType: 'image/png', buffer: png(320, 200, [200, 30, 30]) };
    await atAlice.page.locator('input[type=file]').setInputFiles(file);
    await settled(atAlice);
    const picture = messages(atBob)
      .getByRole('button', { name: `Open the picture ${file.name}` })
      .locator('img');
    await expect(picture).toBeVisible();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]))
      .toEqual([320, 200]);
    const origin = new URL(atAlice.page.url()).origin;
    expect(puts.length).toBeGreaterThan(0);
    expect(puts.filter(({ url }) => url.startsWith(origin))).toEqual([]);
  });

  await test.step('a video call: both see the other', async () => {
    await atAlice.page.getByRole('button', { name: 'Video call' }).click();
    const ringing = atBob.page.getByRole('alertdialog', { name: 'Alice is calling' });
    await ringing.getByRole('button', { name: 'With video' }).click();
    for (const person of [atAlice, atBob]) {
      await expect(person.page.locator('section.call[data-phase=connected]')).toBeVisible();
      await expect.poll(() => framesSeen(person), { timeout: 30_000 }).toBeGreaterThan(20);
    }
    await expect(atAlice.page.getByLabel('Video of Bob')).toBeVisible();
    await expect(atBob.page.getByLabel('Video of Alice')).toBeVisible();
  });

  await test.step('they hang up, and every camera and microphone is off', async () => {
    await atBob.page.getByRole('button', { name: 'Hang up' }).click();
    for (const person of [atAlice, atBob]) {
      await expect(person.page.locator('section.call[data-phase]')).toHaveCount(0);
      await expect.poll(() => tracksLeft(person)).toEqual([]);
    }
  });

  await test.step('bob goes, and alice sees it', async () => {
    await atBob.context.close();
    await expect(atAlice.page.locator('.conversation-title')).toContainText(/offline/i, { timeout: 60_000 });
  });
});

for (const width of [375, 1440]) {
  test(`the pages are accessible and fit ${width} pixels`, async ({ arrive, newcomer, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await violations(page)).toEqual([]);

    const [ann, ben] = [await newcomer('Ann'), await newcomer('Ben')];
    const atAnn = await arrive(ann, { width, height: 800 });
    expect(await violations(atAnn.page)).toEqual([]);
    await writeTo(atAnn, ben);
    await say(atAnn, 'A first message, and a long one: ' + 'word '.repeat(80));
    await expect(messages(atAnn).getByText('A first message')).toBeVisible();

    expect(await violations(atAnn.page)).toEqual([]);
    const overflow = await atAnn.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

function messages(person: Person) {
  return person.page.getByRole('log', { name: 'Messages', exact: true });
}

async function settled(person: Person): Promise<void> {
  await expect(person.page.locator('article[aria-label^="Upload"]')).toHaveCount(0, { timeout: 30_000 });
}

async function violations(page: Person['page']): Promise<string[]> {
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
