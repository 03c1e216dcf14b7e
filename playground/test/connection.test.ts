import { describe, expect, it, vi } from 'vitest';
import { Connection, ServerError, type Cancellation, type Channel } from '../language/connection.ts';

function channel(): Channel & { readonly sent: Record<string, unknown>[]; hear(message: unknown): void } {
  const sent: Record<string, unknown>[] = [];
  return { sent, onmessage: null, postMessage: (message) => void sent.push(message as Record<string, unknown>), hear(message) { this.onmessage?.({ data: message }); } };
}

describe('a connection to the language server', () => {
  it('gives each answer to its question, whatever their order', async () => {
    const port = channel();
    const connection = new Connection(port);
    const one = connection.request('a', { x: 1 });
    const other = connection.request('b', {});
    expect(port.sent).toEqual([{ jsonrpc: '2.0', id: 1, method: 'a', params: { x: 1 } }, { jsonrpc: '2.0', id: 2, method: 'b', params: {} }]);
    port.hear({ jsonrpc: '2.0', id: 2, result: 'second' });
    port.hear({ jsonrpc: '2.0', id: 1, result: null });
    expect(await other).toBe('second');
    expect(await one).toBeNull();
  });
  it('passes on what the server refuses, and hides it where nobody waits for it', async () => {
    const port = channel();
    const connection = new Connection(port);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const refused = connection.request('rename', {});
    port.hear({ id: 1, error: { code: -32803, message: 'no name' } });
    await expect(refused).rejects.toEqual(new ServerError(-32803, 'no name'));
    const outdated = connection.ask('tokens', {});
    port.hear({ id: 2, error: { code: -32801, message: 'changed' } });
    expect(await outdated).toBeNull();
    expect(warn).not.toHaveBeenCalled();
    const strange = connection.ask('tokens', {});
    port.hear({ id: 3, error: { code: -32603, message: 'bad' } });
    expect(await strange).toBeNull();
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });
  it('takes a request back when the editor does', async () => {
    const port = channel();
    const connection = new Connection(port);
    let cancel = (): void => undefined;
    const dispose = vi.fn();
    const cancellation: Cancellation = { isCancellationRequested: false, onCancellationRequested: (listener) => { cancel = listener; return { dispose }; } };
    const answer = connection.ask('hover', {}, cancellation);
    cancel();
    expect(port.sent.at(-1)).toEqual({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } });
    port.hear({ id: 1, error: { code: -32800, message: 'cancelled' } });
    expect(await answer).toBeNull();
    expect(dispose).toHaveBeenCalledOnce();
  });
  it('hears notifications and refuses requests it does not know', () => {
    const port = channel();
    const connection = new Connection(port);
    const heard = vi.fn();
    connection.on('news', heard);
    port.hear({ method: 'news', params: [1] });
    port.hear({ method: 'other', params: [2] });
    expect(heard.mock.calls).toEqual([[[1]]]);
    port.hear({ id: 'x', method: 'client/registerCapability' });
    expect(port.sent.at(-1)).toMatchObject({ id: 'x', error: { code: -32601 } });
  });
  it('outlives nonsense, and ends its requests with the worker', async () => {
    const port = channel();
    const connection = new Connection(port);
    for (const message of [null, 1, 'x', {}, { id: 99, result: 1 }, { id: null, error: {} }]) port.hear(message);
    const lost = connection.request('a', {});
    connection.fail('It ended.');
    await expect(lost).rejects.toThrow('It ended.');
  });
});
