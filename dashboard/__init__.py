"""What pages share: tables, pictures, state in the address, who may see what."""
