"""STIX 2.1 on files: bundles written, checked, and wallets moved between dialects."""
