"""Query engines behind `store.relation.Engine`, one file each; only they import drivers."""
