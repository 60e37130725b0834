import { describe, expect, it } from '@jest/globals';
import { AddressGuard, type AddressGuardOptions } from './address-guard.js';

const publicAddress = '93.184.215.14';

/** Answers each question with the next list; then always with the last. */
function resolving(...answers: readonly (readonly string[])[]): AddressGuardOptions & { readonly asked: string[] } {
  const asked: string[] = [];
  const resolve = (hostname: string): Promise<readonly string[]> => {
    asked.push(hostname);
    return Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] ?? []);
  };
  return { resolve, asked };
}

const check = (url: string, options: AddressGuardOptions = resolving([publicAddress])): Promise<unknown> =>
  new AddressGuard(options).check(url);

/** 14 ways to write an address of this machine; what stays a name is resolved as the system would. */
const spellings = [
  ...['http://127.0.0.1/', 'http://127.1/', 'http://2130706433/', 'http://017700000001/', 'http://0x7f000001/'],
  ...['http://0177.0.0.1/', 'http://0x7f.0.0.1/', 'http://127.0.0.1./', 'http://127%2e0%2e0%2e1/', 'http://①②⑦.0.0.1/'],
  ...['http://[::ffff:127.0.0.1]/', 'http://[::1]/', 'http://localhost./', 'http://0/'],
];

describe('what the guard refuses', () => {
  it.each(spellings)('refuses the spelling %s', async (url) => {
    await expect(check(url, resolving(['127.0.0.1']))).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
  });

  it.each([
    ...['ftp://example.com/a.mp3', 'file:///etc/passwd', 'data:audio/mp3,x', 'javascript:alert(1)', 'gopher://x/'],
    ...['https://user:secret@example.com/', 'https://user@example.com/', 'http://:secret@example.com/'],
    ...['http://example.com:22/', 'https://example.com:6379/', 'localhost:3000/a.mp3'],
    ...['http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]/'],
  ])('refuses %s', async (url) => {
    const options = resolving([publicAddress]);
    await expect(check(url, options)).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    expect(options.asked).toEqual([]);
  });

  it.each([
    '',
    'example.com/a.mp3',
    'http://',
    'http://a b/',
    'http://exa\nmple.com/',
    'http://256.1.1.1/',
    'http://[::',
  ])('says that %j is no URL', async (url) => {
    await expect(check(url)).rejects.toMatchObject({ code: 'INVALID_URL', message: 'Invalid URL format.' });
  });

  it('says that a URL of more than 4,096 characters is none', async () => {
    await expect(check(`https://example.com/${'a'.repeat(4_096)}`)).rejects.toMatchObject({ code: 'INVALID_URL' });
  });

  it.each([
    [[publicAddress, '127.0.0.1']],
    [['10.0.0.1', publicAddress]],
    [[publicAddress, '::1']],
    [['2606:4700:4700::1111', '::ffff:10.0.0.1']],
  ])('refuses a host if one of its addresses is not public: %j', async (addresses) => {
    await expect(check('https://example.com/', resolving(addresses))).rejects.toMatchObject({
      code: 'URL_NOT_ALLOWED',
    });
  });

  it('tells a host without an address from a forbidden one', async () => {
    const unknown = { resolve: () => Promise.reject(new Error('ENOTFOUND')) };
    await expect(check('https://example.com/', unknown)).rejects.toMatchObject({ code: 'URL_UNAVAILABLE' });
    await expect(check('https://example.com/', resolving([]))).rejects.toMatchObject({ code: 'URL_UNAVAILABLE' });
  });

  it('does not wait for ever for a name server', async () => {
    const silent = { resolve: () => new Promise<never>(() => undefined), resolveWithinMs: 5 };
    await expect(check('https://example.com/', silent)).rejects.toMatchObject({ code: 'URL_UNAVAILABLE' });
  });
});

describe('what the guard lets through', () => {
  it.each([
    ['https://example.com/recording.mp3', [publicAddress]],
    ['  http://example.com:80/recording.mp3?key=a%20b ', [publicAddress]],
    ['https://1.1.1.1/', ['1.1.1.1']],
    ['https://[2606:4700:4700::1111]/', ['2606:4700:4700::1111']],
  ])('lets %s through', async (url, addresses) => {
    await expect(check(url)).resolves.toMatchObject({ addresses });
  });

  it('pins the answer: the name server is asked once, and its second answer never counts', async () => {
    const options = resolving([publicAddress], ['127.0.0.1']);
    const { lookup } = await new AddressGuard(options).check('https://example.com/');
    const answers: unknown[] = [];
    lookup('example.com', { all: true }, (_error, found) => answers.push(found));
    lookup('example.com', {}, (_error, found) => answers.push(found));
    expect(answers).toEqual([[{ address: publicAddress, family: 4 }], publicAddress]);
    expect(options.asked).toEqual(['example.com']);
  });

  it('lets a private host through only if the configuration names it, and its port where one is named', async () => {
    const options = { allowedHosts: ['127.0.0.1:8080', 'files.test'], ...resolving(['127.0.0.1']) };
    await expect(check('http://127.0.0.1:8080/', options)).resolves.toBeDefined();
    await expect(check('http://files.test:9000/', options)).resolves.toBeDefined();
    await expect(check('http://127.0.0.1:8081/', options)).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    await expect(check('http://other.test/', options)).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    await expect(check('ftp://files.test/', options)).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
  });
});
