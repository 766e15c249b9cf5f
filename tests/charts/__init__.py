"""What `make pictures` needs: chats as pages, phones side by side, small PNGs."""
