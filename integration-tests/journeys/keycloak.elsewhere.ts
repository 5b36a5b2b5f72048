import { expect, open, openRoom, say, signInAtKeycloak, test, writeTo, type Account, type Person } from './people';

const ada: Account = { username: 'ada', displayName: 'Ada Lovelace', password: 'analytical engine' };
const alice: Account = { username: 'alice', displayName: 'Alice Elsewhere', password: 'looking glass' };

test('people sign in at keycloak, chat, stay in over reloads and renewals, and sign out there too', async ({
  browser,
}) => {
  const atAlice = await open(browser, 'Alice');
  const atAda = await open(browser, 'Ada');

  await test.step('the page leads to the issuer and asks for no password of its own', async () => {
    await atAda.page.goto('/');
    await expect(atAda.page.getByRole('button', { name: /^Sign in at/ })).toBeVisible();
    await expect(atAda.page.getByLabel('Password')).toHaveCount(0);
  });

  await signInAtKeycloak(atAlice.page, alice);
  await signInAtKeycloak(atAda.page, ada);

  await test.step('somebody called alice was here before: the names differ, the people chat', async () => {
    await writeTo(atAda, { ...alice, username: 'alice-2' });
    await say(atAda, 'Hello from elsewhere');
    await openRoom(atAlice, 'Ada Lovelace');
    await expect(messages(atAlice).getByText('Hello from elsewhere', { exact: true })).toBeVisible();
  });

  await test.step('neither the address nor the storage holds a token', async () => {
    expect(atAda.page.url()).not.toMatch(/code=|state=/);
    const kept = await atAda.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toMatch(/eyJ/);
  });

  await test.step('a reload stays where it was, without asking', async () => {
    await atAda.page.reload();
    await expect(messages(atAda).getByText('Hello from elsewhere', { exact: true })).toBeVisible();
    expect(atAda.page.url()).toMatch(/#\/rooms\//);
  });

  await test.step('the token is renewed before it ends, and the conversation goes on', async () => {
    await atAda.page.waitForRequest(
      (request) => request.url().endsWith('/token') && /grant_type=refresh_token/.test(request.postData() ?? ''),
      { timeout: 60_000 },
    );
    await say(atAda, 'Still here');
    await expect(messages(atAlice).getByText('Still here', { exact: true })).toBeVisible();
  });

  await test.step('who signs out is signed out at the issuer too', async () => {
    await atAda.page.getByRole('button', { name: /your status and more/ }).click();
    await atAda.page.getByRole('menuitem', { name: 'Sign out' }).click();
    const again = atAda.page.getByRole('button', { name: /^Sign in at/ });
    await expect(again).toBeVisible();
    await again.click();
    await expect(atAda.page.locator('#username')).toBeVisible();
  });

  for (const { name, context, problems } of [atAlice, atAda]) {
    await context.close();
    expect(problems, `what went wrong in the browser of ${name}`).toEqual([]);
  }
});

function messages({ page }: Person) {
  return page.getByRole('log', { name: 'Messages', exact: true });
}
