"""The waardecreatieverhalen: the playbook's interview, who asks whom, and what its page shows."""
