/** Runs in the lab's page before the lab's own script: the host is told, the lab's parts are placed, and the worker is fetched. */
import { openLine } from './page-host.ts';
import { placeParts } from './parts.ts';
import { fetchEarly } from './workers.ts';

openLine();
fetchEarly();
void placeParts();
