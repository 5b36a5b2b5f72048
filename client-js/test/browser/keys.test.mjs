import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Desk } from './desk.mjs';

const desk = new Desk();
let page;

beforeEach(async () => {
  page = await desk.person('alice');
  await page.getByRole('link', { name: /garden-project/ }).waitFor();
});

const field = () => page.getByRole('textbox', { name: /^Message to/ });
const title = () => page.locator('.conversation-title h1').textContent();
const line = (name) => page.locator('.key-line', { hasText: name });

/** Somebody says something where alice does not look. */
function said(name, text) {
  const room = desk.room(name);
  const { message } = desk.server.world.addMessage(room, 'u-bob', text);
  desk.server.io.to(`room:${room.id}`).emit('message', { message });
}

async function openKeys() {
  await page.getByRole('button', { name: /your status and more/ }).click();
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
}

describe('keys', () => {
  it('walk through the conversations, and through those with something new', async () => {
    await page.getByRole('link', { name: /town-square/ }).click();
    await field().waitFor();

    await page.keyboard.press('Alt+ArrowUp');
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'garden-project');
    await page.keyboard.press('Alt+ArrowUp');
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Carol Castillo');
    said('town-square', 'something new');
    await page.getByRole('link', { name: /town-square.*1 unread/ }).waitFor();
    await page.keyboard.press('Alt+Shift+ArrowUp');

    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'town-square');
    assert.equal(await title(), 'town-square');
  });

  it('mark what is read: Escape the conversation, Shift and Escape everything, not while something is open', async () => {
    await page.getByRole('link', { name: /town-square/ }).click();
    await field().waitFor();
    said('garden-project', '@alice one');
    said('garden-project', 'two');
    await page.getByRole('link', { name: /garden-project.*mentions of you/ }).waitFor();
    await page.waitForFunction(() => /^\(\d+ · @\d\)/.test(document.title));
    assert.match(await page.locator('link[rel=icon]').getAttribute('href'), /^\/badges\/\d\.svg$/);

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.press('Shift+Escape');
    await page.getByRole('combobox').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /garden-project.*mentions of you/ }).waitFor();
    await page.keyboard.press('Shift+Escape');
    await page.waitForFunction(() => document.title === 'Parley');
    await page.getByText('Everything is marked as read.').waitFor();

    assert.equal(await page.locator('link[rel=icon]').getAttribute('href'), '/favicon.svg');
    for (const room of desk.server.world.rooms.values()) {
      const place = room.members.get('u-alice');
      if (place) assert.ok(room.messages.every(({ sender, seq }) => sender.id === 'u-alice' || seq <= place.readSeq));
    }
  });

  it('mark the open conversation as read although it was marked as unread before', async () => {
    await page.getByRole('link', { name: /town-square/ }).click();
    const row = page.locator('.message', { hasText: 'See you there' });
    await row.hover();
    await row.getByRole('button', { name: 'Mark as unread from here' }).click();
    await page.getByRole('link', { name: /town-square.*1/ }).waitFor();
    await page.locator('.unread-mark').waitFor();

    await field().focus();
    await page.keyboard.press('Escape');

    await page.locator('.unread-mark').waitFor({ state: 'detached' });
    await page.locator('.room-link', { hasText: 'town-square' }).locator('.badge').waitFor({ state: 'detached' });
  });

  it('write when one writes, and close what is open', async () => {
    await page.getByRole('link', { name: /town-square/ }).click();
    await field().fill('why');
    await field().press('?');
    assert.equal(await field().inputValue(), 'why?');
    assert.equal(await page.getByRole('dialog').count(), 0);

    await page.locator('.messages').focus();
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Keys' }).waitFor({ state: 'detached' });
    assert.equal(await field().inputValue(), 'why?');
  });

  it('can be moved to others, never two to one, and stay so', async () => {
    await openKeys();
    await line('Search messages')
      .getByRole('button', { name: /^Change/ })
      .click();
    await page.keyboard.press('Control+k');
    await page.getByRole('alert').filter({ hasText: 'Ctrl K is already there for: Go to a conversation.' }).waitFor();
    await line('Search messages')
      .getByRole('button', { name: /^Change/ })
      .click();
    await page.keyboard.press('Control+c');
    await page.getByRole('alert').filter({ hasText: 'Ctrl C is needed' }).waitFor();
    await line('Search messages')
      .getByRole('button', { name: /^Change/ })
      .click();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('heading', { name: 'Keys' }).count(), 1, 'Escape only ends the waiting');
    await line('Search messages')
      .getByRole('button', { name: /^Change/ })
      .click();
    await page.keyboard.press('Control+Shift+Space');
    await page.getByRole('alert').filter({ hasText: 'already there' }).waitFor();
    await line('Search messages')
      .getByRole('button', { name: /^Change/ })
      .click();
    await page.keyboard.press('Control+g');
    await line('Search messages').getByText('G', { exact: true }).waitFor();

    await page.reload();
    await page.getByRole('link', { name: /garden-project/ }).waitFor();
    await page.keyboard.press('Control+g');
    await page.getByRole('searchbox').waitFor();
    assert.deepEqual(page.problems, []);
  });

  it('that also write can be turned off', async () => {
    await openKeys();
    await page.getByRole('checkbox', { name: /Single keys/ }).uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Keys' }).waitFor({ state: 'detached' });

    await page.getByRole('link', { name: /town-square/ }).click();
    await page.locator('.messages').focus();
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');

    await page.getByRole('combobox').waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Keys' }).count(), 0);
  });

  it('lead round the parts of the page', async () => {
    await page.getByRole('link', { name: /town-square/ }).click();
    await field().focus();

    await page.keyboard.press('F6');
    assert.equal(await page.evaluate(() => document.activeElement.closest('.details') !== null), true);
    await page.keyboard.press('Shift+F6');

    assert.equal(await page.evaluate(() => document.activeElement.closest('.composer') !== null), true);
  });
});

describe('the icon of the tab', () => {
  it('is a picture for each number, from this origin', async () => {
    for (const name of ['dot', '1', '9', 'many']) {
      const answer = await fetch(`${desk.server.origin}/badges/${name}.svg`);
      assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
      assert.match(await answer.text(), /class="mark"/);
    }
  });
});
