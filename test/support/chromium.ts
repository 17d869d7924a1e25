import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';

const CHROMIUM = '/usr/bin/chromium';

/** Tests in a real browser; where it is not installed they are skipped, and a line of the log says so. */
export function describeInChromium(what: string, tests: (browser: () => Browser) => void): void {
  const installed = existsSync(CHROMIUM);
  if (!installed) console.warn(`${CHROMIUM} is not installed: ${what} is not tried in a browser`);
  describe.skipIf(!installed)(`${what} in Chromium`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser.close();
    });
    tests(() => browser);
  });
}

/** Opens a page, and notes what a page that needs nothing must not do: messages, errors, requests. */
export async function openPage(browser: Browser, html: string, options: BrowserContextOptions) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => troubles.push(`request ${request.url()}`));
  await page.setContent(html);
  return { page, troubles, context };
}
