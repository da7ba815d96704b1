//! The handles of resources, such as `newfies.events()`: one method for each operation.

/// Defines a handle with the six operations of its resource. The list is `List` if the server pages it, and `ListAll`
/// if it answers with all rows at once.
macro_rules! handle {
    (
        $(#[$meta:meta])*
        $name:ident of $type:ident($id:ident): $list:ident, $(#[$list_meta:meta])* list,
        $(#[$create_meta:meta])* create($new:ident),
        $(#[$update_meta:meta])* update($patch:ident),
        $(#[$replace_meta:meta])* replace($replacement:ident),
        $(#[$delete_meta:meta])* delete
    ) => {
        $crate::handle::bare! { $(#[$meta])* $name }

        impl $name<'_> {
            $crate::handle::list! { $list $type $(#[$list_meta])* }

            /// Reads one row.
            ///
            /// # Errors
            ///
            /// 404 if no row has this id, or it belongs to a user whom the caller doesn't manage; 403 as described
            /// [above](Self).
            pub fn get(self, id: impl Into<$id>) -> care_client_core::Call<$crate::endpoints::Get<$type>> {
                self.newfies.call($crate::endpoints::Get::new(id.into(), self.newfies.zone.clone()))
            }

            $(#[$create_meta])*
            pub fn create(self, new: $new) -> care_client_core::Call<$crate::endpoints::Create<$type>> {
                self.newfies.call($crate::endpoints::Create::new(new, self.newfies.zone.clone()))
            }

            $(#[$update_meta])*
            pub fn update(
                self,
                id: impl Into<$id>,
                patch: $patch,
            ) -> care_client_core::Call<$crate::endpoints::Update<$type>> {
                self.newfies.call($crate::endpoints::Update::new(id.into(), patch, self.newfies.zone.clone()))
            }

            $(#[$replace_meta])*
            pub fn replace(
                self,
                id: impl Into<$id>,
                replacement: $replacement,
            ) -> care_client_core::Call<$crate::endpoints::Replace<$type>> {
                self.newfies.call($crate::endpoints::Replace::new(id.into(), replacement, self.newfies.zone.clone()))
            }

            $(#[$delete_meta])*
            pub fn delete(self, id: impl Into<$id>) -> care_client_core::Call<$crate::endpoints::Delete<$type>> {
                self.newfies.call($crate::endpoints::Delete::new(id.into()))
            }
        }
    };
}
pub(crate) use handle;

/// Defines the method that lists: a paged list has options and takes its value, the other has none.
macro_rules! list {
    (List $type:ident $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn list(
            self,
            list: $crate::endpoints::List<$type>,
        ) -> care_client_core::Call<$crate::endpoints::List<$type>> {
            self.newfies.call(list.in_zone(&self.newfies.zone))
        }
    };
    (ListAll $type:ident $(#[$meta:meta])*) => {
        $(#[$meta])*
        pub fn list(self) -> care_client_core::Call<$crate::endpoints::ListAll<$type>> {
            self.newfies.call($crate::endpoints::ListAll::new(self.newfies.zone.clone()))
        }
    };
}
pub(crate) use list;

/// Defines a handle without operations.
macro_rules! bare {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub struct $name<'c> {
            pub(crate) newfies: &'c $crate::client::Newfies,
        }

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}
pub(crate) use bare;
