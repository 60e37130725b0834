import { describe, expect, it } from '@jest/globals';
import { securityStatements, type TableSecurity } from './security.js';

const untouched: TableSecurity = {
  schema: 's',
  name: 't',
  workspaceType: 'uuid',
  policies: [],
  servingCondition: null,
  isReadWhole: false,
  forced: false,
  workerMayWrite: false,
  servingMayRead: false,
};

describe('security of a table', () => {
  it('is set up whole where nothing is there yet', () => {
    expect(securityStatements(untouched)).toHaveLength(5);
  });

  it('needs nothing where everything is there, so that a start takes no locks', () => {
    const policies = ['harmony_worker_sees_all', 'harmony_serving_reads_one_workspace'];
    const servingCondition =
      "(workspace_id = NULLIF(current_setting('harmony.workspace_id'::text, true), ''::text)::uuid)";
    const done = { ...untouched, policies, servingCondition, forced: true, workerMayWrite: true, servingMayRead: true };
    expect(securityStatements(done)).toEqual([]);
    expect(securityStatements({ ...done, isReadWhole: true })).toEqual([
      expect.stringMatching(/^alter policy .*select/),
    ]);
    const once = { ...done, servingCondition: '(workspace_id = ( SELECT …))' };
    expect(securityStatements({ ...once, isReadWhole: true })).toEqual([]);
    expect(securityStatements(once)).toEqual([expect.stringMatching(/^alter policy/)]);
  });

  it('finds out once a statement whose rows a reader may see where a table is read whole', () => {
    const once = "using (workspace_id = (select nullif(current_setting('harmony.workspace_id', true), '')::uuid))";
    expect(securityStatements({ ...untouched, isReadWhole: true }).join()).toContain(once);
    expect(securityStatements(untouched).join()).not.toContain('(select');
  });

  it('never lets the serving role see a table without workspaces', () => {
    expect(securityStatements({ ...untouched, workspaceType: null }).join()).not.toContain('harmony_serving');
  });
});
