import { expect, test } from 'vitest';
import { Lease } from '../lease.ts';

test('a lease ends when its address can no longer be read, and is looked at once in a while only', () => {
  let readable = true, looks = 0, clock = 0;
  const lease = new Lease(() => { looks++; return readable; }, () => clock);
  lease.begin({ lease: 'blob:a' });
  expect([lease.ended(), looks]).toEqual([false, 1]);
  clock = 1000;
  expect([lease.ended(), lease.ended(), looks]).toEqual([false, false, 2]);
  readable = false;
  clock = 1010;
  expect([lease.ended(), looks]).toEqual([false, 2]);
  clock = 1050;
  expect([lease.ended(), looks]).toEqual([true, 3]);
  readable = true;
  clock = 2000;
  expect([lease.ended(), looks]).toEqual([true, 3]);
});

test('where addresses cannot be read at all, nothing has ended', () => {
  let clock = 0;
  const lease = new Lease(() => false, () => clock);
  lease.begin({ lease: 'blob:a' });
  clock = 1000;
  expect(lease.ended()).toBe(false);
});

test('without a lease nothing has ended', () => expect(new Lease(() => { throw new Error('not asked'); }).ended()).toBe(false));
